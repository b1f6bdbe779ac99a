using System;
using System.IO;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Any number of machines to reach by PowerShell remoting, without a network: PowerShell starts the first ssh on its PATH,
/// and this one starts the server's side of PowerShell at once, whatever host is asked for.
/// </summary>
public sealed class SshServers : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SshServers()
    {
        string ssh = _folder.Write("ssh", $"""
            #!/bin/sh
            exec '{DotNet.Program}' '{StagedModule.PowerShell}' -sshs -NoLogo -NoProfile
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The variable that makes PowerShell find them.</summary>
    public (string Name, string Value) Variable =>
        ("PATH", string.Join(Path.PathSeparator, _folder.Path, Environment.GetEnvironmentVariable("PATH")));

    public void Dispose() => _folder.Dispose();
}
