using System;
using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Terminal;

/// <summary>Measures the time from a key to its echo by a shell in a container, beside the same shell in <c>script</c>.</summary>
internal sealed class KeyBenchmark : IFamily
{
    private const string Shell = "/bin/sh";
    private const string Script = "/usr/bin/script";
    private const string Line = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string s_prompt = Environment.UserName == "root" ? "# " : "$ ";

    private static readonly string s_command =
        $"Import-Module '{Modules.Staged}'; $null = Connect-HcsHost -Embedded -Isolation Process; "
        + $"$null = New-HcsContainer keys -Start; Enter-HcsContainer keys -CommandLine {Shell}; exit";

    public IReadOnlyList<Figure> Figures { get; } = [new("key-echo", 2)];

    public void Run(Effort effort, Report report)
    {
        if (!File.Exists(Script))
        {
            throw new MissingException("needs the package util-linux");
        }

        using PseudoTerminal entered = new(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            "exec",
            Modules.Find("PowerShell"),
            "-NoProfile",
            "-NoLogo",
            "-Command",
            s_command);
        using PseudoTerminal bare = new(Script, "--quiet", "--command", Shell, "/dev/null");
        Array.ForEach([entered, bare], terminal => terminal.Type(string.Empty, s_prompt));
        Comparison key = new(Figures[0]);
        effort.Repeat(
            warmUps: 2,
            rounds: 20,
            () =>
            {
                foreach (char letter in Line)
                {
                    string text = letter.ToString();
                    key.Module.Time(() => entered.Type(text, text));
                    key.Bare.Time(() => bare.Type(text, text));
                }

                // Ctrl+U removes the line; the shell answers an empty one with its prompt.
                Array.ForEach([entered, bare], terminal => terminal.Type("\x15\r", "\n" + s_prompt));
            },
            key);
        report.Add(key);
    }
}
