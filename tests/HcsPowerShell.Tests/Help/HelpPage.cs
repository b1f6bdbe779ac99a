using System.Collections.Generic;

namespace HcsPowerShell.Tests.Help;

/// <summary>The help of one command, from its page or from the compiled file.</summary>
internal sealed record HelpPage(
    string Name,
    string Synopsis,
    string Description,
    IReadOnlyDictionary<string, string> Syntax,
    string Aliases,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpParameter> Parameters,
    IReadOnlyList<HelpText> Inputs,
    IReadOnlyList<HelpText> Outputs,
    string Notes,
    string Address,
    IReadOnlyList<string> Links);

/// <summary>One example of a command.</summary>
internal sealed record HelpExample(string Title, string Code, string Output, string Remarks);

/// <summary>A heading and its text, for an input or output type.</summary>
internal sealed record HelpText(string Heading, string Text);
