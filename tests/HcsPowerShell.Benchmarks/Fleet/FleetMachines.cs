using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Fleet;

/// <summary>
/// Hosts behind sessions: each is a PowerShell with the module, an embedded host and a container. A script that stands in
/// for ssh starts them on this machine.
/// </summary>
internal sealed class FleetMachines : IDisposable
{
    private const string Connect = """
        param($names, $module)
        $ErrorActionPreference = 'Stop'
        $sessions = New-PSSession -HostName $names
        Invoke-Command $sessions {
            Import-Module $args[0]
            Connect-HcsHost -Embedded -Isolation Process -Name own
            $null = New-HcsContainer web -Start
        } -ArgumentList $module
        Connect-HcsHost -Session $sessions
        $first = $sessions | Where-Object ComputerName -EQ $names[0]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hcs-fleet-");
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    /// <exception cref="MissingException">This is no Linux.</exception>
    public FleetMachines(int count)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new MissingException("needs Linux");
        }

        string ssh = Path.Combine(_folder.FullName, "ssh");
        File.WriteAllText(ssh, $"#!/bin/sh\nexec dotnet '{Modules.Find("PowerShell")}' -sshs -NoLogo -NoProfile\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", _folder.FullName + Path.PathSeparator + _path);
        Names = [.. Enumerable.Range(0, count).Select(number => $"host{number}")];
        Session = new ModuleSession(("Embedded", true), ("Isolation", "Process"), ("Name", "own"));
        Session.RunScript(Connect, ("names", Names.ToArray()), ("module", Modules.Staged));
    }

    /// <summary>The names of the hosts.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The session that they are connected to. Its variable first has the session to the first of them.</summary>
    public ModuleSession Session { get; }

    public void Dispose()
    {
        Session.RunScript("Remove-PSSession $sessions");
        Session.Dispose();
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Delete(recursive: true);
    }
}
