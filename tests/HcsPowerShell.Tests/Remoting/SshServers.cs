using System;
using System.IO;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Simulates any number of machines for PowerShell remoting, without a network. PowerShell starts the first ssh on its
/// PATH, and this one starts the server side of PowerShell at once, for any host name. On each machine, the program
/// hostname prints its name. The host bare has no modules.
/// </summary>
public sealed class SshServers : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SshServers()
    {
        WriteProgram("ssh", $"""
            for word; do host=$subsystem; subsystem=$word; done
            mkdir -p '{_folder.Path}'/"$host"
            printf '#!/bin/sh\necho %s\n' "$host" > '{_folder.Path}'/"$host"/hostname
            chmod u+x '{_folder.Path}'/"$host"/hostname
            export PATH='{_folder.Path}'/"$host:$PATH"
            [ ! -f '{_folder.Path}'/"$host.sh" ] || . '{_folder.Path}'/"$host.sh"
            exec '{DotNet.Program}' '{StagedModule.PowerShell}' -sshs -NoLogo -NoProfile $arguments

            """);
        Prepare("bare", "export PSModulePath=");
    }

    /// <summary>The variable that makes PowerShell find this ssh.</summary>
    public (string Name, string Value) Variable =>
        ("PATH", string.Join(Path.PathSeparator, _folder.Path, Environment.GetEnvironmentVariable("PATH")));

    /// <summary>A folder for the files of a test, which all machines have.</summary>
    public string Folder => _folder.Path;

    /// <summary>Makes a machine differ from the others.</summary>
    /// <param name="host">The name of the machine.</param>
    /// <param name="shell">What its shell runs before PowerShell starts. It sets the variable arguments to more arguments.</param>
    public void Prepare(string host, string shell) => _folder.Write(host + ".sh", shell + "\n");

    /// <summary>Writes a program that each machine can start, and returns its path.</summary>
    public string WriteProgram(string name, string shell)
    {
        string program = _folder.Write(name, "#!/bin/sh\n" + shell);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return program;
    }

    public void Dispose() => _folder.Dispose();
}
