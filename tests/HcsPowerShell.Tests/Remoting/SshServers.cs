using System;
using System.IO;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Simulates any number of machines for PowerShell remoting, without a network. PowerShell starts the first ssh on its
/// PATH, and this one starts the server side of PowerShell at once, for any host name. The host bare has no modules.
/// </summary>
public sealed class SshServers : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SshServers()
    {
        string ssh = _folder.Write("ssh", $"""
            #!/bin/sh
            case "$*" in *bare*) export PSModulePath=;; esac
            exec '{DotNet.Program}' '{StagedModule.PowerShell}' -sshs -NoLogo -NoProfile
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The variable that makes PowerShell find this ssh.</summary>
    public (string Name, string Value) Variable =>
        ("PATH", string.Join(Path.PathSeparator, _folder.Path, Environment.GetEnvironmentVariable("PATH")));

    public void Dispose() => _folder.Dispose();
}
