/// The command line, one class a verb.
@NullMarked
package org.bitcloud.node.cli;

import org.jspecify.annotations.NullMarked;
