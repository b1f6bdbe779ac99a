using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace HcsPowerShell.Shell;

/// <summary>
/// Says where a command lives that the engine does not find because its module is not part of this console.
/// The engine's own error stays as it is; the hint follows it, and an error that is never shown has none.
/// </summary>
internal sealed class MissingCommandHint
{
    private readonly Lazy<Dictionary<string, string>> _modules = new(ReadModules);
    private readonly HashSet<string> _notFound = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _due = [];

    /// <summary>The engine calls this while it looks for a command, before it gives up.</summary>
    public void CommandNotFound(object? sender, CommandLookupEventArgs lookup)
    {
        if (_modules.Value.ContainsKey(lookup.CommandName))
        {
            _notFound.Add(lookup.CommandName);
        }
    }

    public void ErrorLineWritten(string line)
    {
        foreach (string name in _notFound)
        {
            if (line.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase))
            {
                _due.Add($"{name} is part of PowerShell's {_modules.Value[name]} module, which this console does not"
                    + " include; run the line in PowerShell 7 (pwsh) to use it.");
            }
        }

        _notFound.RemoveWhere(name => line.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The hints for the errors written since the last call.</summary>
    public string[] Take()
    {
        string[] hints = [.. _due];
        _due.Clear();
        return hints;
    }

    /// <summary>The resource has a line with a module's name and a colon, then its commands and aliases.</summary>
    private static Dictionary<string, string> ReadModules()
    {
        var modules = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using Stream stream = typeof(MissingCommandHint).Assembly.GetManifestResourceStream("MissingCommands.txt")!;
        using var reader = new StreamReader(stream);
        string module = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.EndsWith(':'))
            {
                module = line[..^1];
                continue;
            }

            foreach (string name in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                modules[name] = module;
            }
        }

        return modules;
    }
}
