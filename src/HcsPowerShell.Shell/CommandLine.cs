using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation.Runspaces;
using System.Text;
using Microsoft.PowerShell;

namespace HcsPowerShell.Shell;

/// <summary>What the user asked for, in pwsh's parameters.</summary>
internal sealed class CommandLine
{
    public ShellMode Mode { get; private set; } = ShellMode.Prompt;

    /// <summary>The full path of the script for <see cref="ShellMode.File"/>.</summary>
    public string? File { get; private set; }

    /// <summary>The text for <see cref="ShellMode.Command"/>.</summary>
    public string? Command { get; private set; }

    public IReadOnlyList<CommandParameter> Arguments { get; private set; } = [];

    public bool NonInteractive { get; private set; }

    public bool NoExit { get; private set; }

    public bool NoLogo { get; private set; }

    public string? WorkingDirectory { get; private set; }

    public ExecutionPolicy? ExecutionPolicy { get; private set; }

    /// <summary>Why the command line cannot be used; null if it can.</summary>
    public string? Error { get; private set; }

    public static CommandLine Parse(string[] arguments)
    {
        var line = new CommandLine();
        var rest = new Queue<string>(arguments);
        while (line.Error is null && rest.Count > 0 && line.TakeParameter(rest))
        {
        }

        return line;
    }

    private bool TakeParameter(Queue<string> rest)
    {
        string key = Key(rest.Peek());
        if (Is(key, "version", "v"))
        {
            Mode = ShellMode.Version;
            return false;
        }

        if (Is(key, "help", "h") || key == "?")
        {
            Mode = ShellMode.Help;
            return false;
        }

        if (Is(key, "command", "c"))
        {
            rest.Dequeue();
            TakeCommand(rest);
            return false;
        }

        if (Is(key, "encodedcommand", "e") || Is(key, "ec", "ec"))
        {
            return TakeValue(rest, TakeEncodedCommand);
        }

        if (Is(key, "workingdirectory", "wo") || Is(key, "wd", "wd"))
        {
            return TakeValue(rest, value => WorkingDirectory = value);
        }

        if (Is(key, "executionpolicy", "ex") || Is(key, "ep", "ep"))
        {
            return TakeValue(rest, TakeExecutionPolicy);
        }

        if (Is(key, "noexit", "noe"))
        {
            NoExit = true;
        }
        else if (Is(key, "noninteractive", "noni"))
        {
            NonInteractive = true;
        }
        else if (Is(key, "nologo", "nol"))
        {
            NoLogo = true;
        }
        else if (!Is(key, "noprofile", "nop") && !Is(key, "login", "l") && !Is(key, "interactive", "i"))
        {
            if (Is(key, "file", "f"))
            {
                rest.Dequeue();
            }

            TakeFile(rest);
            return false;
        }

        rest.Dequeue();
        return true;
    }

    /// <summary>The parameter's name in lower case, or an empty text if the argument is not a parameter.</summary>
    private static string Key(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            return argument[2..].ToLowerInvariant();
        }

        bool isParameter = argument.StartsWith('-') || (OperatingSystem.IsWindows() && argument.StartsWith('/'));
        return isParameter ? argument[1..].ToLowerInvariant() : string.Empty;
    }

    private static bool Is(string key, string name, string shortest) =>
        key.Length >= shortest.Length && name.StartsWith(key, StringComparison.Ordinal);

    private bool TakeValue(Queue<string> rest, Action<string> take)
    {
        string parameter = rest.Dequeue();
        if (rest.Count == 0)
        {
            Error = $"{parameter} needs a value.";
            return false;
        }

        take(rest.Dequeue());
        return true;
    }

    private void TakeExecutionPolicy(string value)
    {
        if (Enum.TryParse(value, ignoreCase: true, out ExecutionPolicy policy))
        {
            ExecutionPolicy = policy;
        }
        else
        {
            Error = $"'{value}' is not an execution policy.";
        }
    }

    private void TakeEncodedCommand(string value)
    {
        try
        {
            Mode = ShellMode.Command;
            Command = Encoding.Unicode.GetString(Convert.FromBase64String(value));
        }
        catch (FormatException)
        {
            Error = "-EncodedCommand needs the Base64 form of UTF-16 text.";
        }
    }

    private void TakeCommand(Queue<string> rest)
    {
        if (rest.Count == 0)
        {
            Error = "-Command needs the text to run, or - to read it from standard input.";
        }
        else if (rest.Peek() != "-")
        {
            Mode = ShellMode.Command;
            Command = string.Join(' ', rest);
        }
        else if (rest.Count > 1)
        {
            Error = "Nothing can follow -Command -.";
        }
        else if (!Console.IsInputRedirected)
        {
            Error = "-Command - reads standard input, which is not redirected.";
        }
        else
        {
            Mode = ShellMode.Input;
        }
    }

    private void TakeFile(Queue<string> rest)
    {
        if (!rest.TryDequeue(out string? file))
        {
            Error = "-File needs the path of a script.";
            return;
        }

        if (file == "-")
        {
            return;
        }

        Mode = ShellMode.File;
        File = Path.GetFullPath(file);
        Arguments = ScriptArguments.From(rest);
        if (!System.IO.File.Exists(File))
        {
            Error = file.StartsWith('-')
                ? $"'{file}' is neither a parameter of this shell nor a script file."
                : $"The script file '{file}' does not exist.";
        }
        else if (OperatingSystem.IsWindows() && !File.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            Error = $"'{file}' is not a script: its name does not end in .ps1.";
        }
    }
}
