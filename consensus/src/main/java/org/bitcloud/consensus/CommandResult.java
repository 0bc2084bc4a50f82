package org.bitcloud.consensus;

/// An engine's answer to a [Input.Command].
///
/// @param done whether it was carried out
/// @param text the result, or why not
public record CommandResult(boolean done, String text) {}
