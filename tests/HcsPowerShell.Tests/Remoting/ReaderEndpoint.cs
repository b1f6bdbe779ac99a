using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Roles;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// The file of a session configuration: no language, and only the commands of the reader's role. Definitions of roles work
/// over WSMan alone; over SSH the file names the commands itself.
/// </summary>
internal static class ReaderEndpoint
{
    /// <summary>Writes the file and what runs before its limits begin, and returns its path.</summary>
    public static string Write(string folder)
    {
        string start = Path.Combine(folder, "start.ps1");
        File.WriteAllText(start, "$null = New-HcsContainer web -Start\n");
        IEnumerable<string> commands = ConstrainedSession.CommandsOf("HcsReader").Select(command => $"'{command}'");
        string file = Path.Combine(folder, "reader.pssc");
        File.WriteAllText(file, $$"""
            @{
                SchemaVersion = '2.0.0.0'
                GUID = '0f4f3c1e-95bb-4b1f-8d35-7c7b1f0f6f11'
                SessionType = 'RestrictedRemoteServer'
                LanguageMode = 'NoLanguage'
                ModulesToImport = 'HcsPowerShell'
                ScriptsToProcess = '{{start}}'
                VisibleCmdlets = {{string.Join(", ", commands)}}
            }
            """);
        return file;
    }
}
