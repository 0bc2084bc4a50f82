package org.bitcloud.node.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `completion`: what a shell needs to complete verbs and flags.
@Command(
    name = "completion",
    description = "Print a script with which bash or zsh completes verbs and flags.",
    footer = {
      "",
      "Examples:",
      "  source <(bitcloud completion bash)",
      "  bitcloud completion zsh >> ~/.zshrc"
    })
final class CompletionVerb extends Verb {
  /// The shells that can take the script.
  enum Shell {
    /// GNU's.
    bash,
    /// The Z shell, through its own emulation of bash's completion.
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  Shell shell = Shell.bash;

  CompletionVerb(Cli cli) {
    super(cli);
  }

  @Override
  void run() {
    String script = AutoComplete.bash("bitcloud", Verbs.of(cli));
    if (json) {
      print(object().put("shell", shell.name()).put("script", script));
      return;
    }
    if (shell == Shell.zsh) {
      say("autoload -U +X compinit && compinit");
      say("autoload -U +X bashcompinit && bashcompinit");
    }
    cli.out().print(script);
    cli.out().flush();
  }
}
