using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>The commands of the module, as its manifest names them.</summary>
internal static class ModuleCommands
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Regex.Matches(
                Regex.Match(File.ReadAllText(StagedModule.Manifest), @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value, "'([^']+)'")
            .Select(match => match.Groups[1].Value),
    ];
}
