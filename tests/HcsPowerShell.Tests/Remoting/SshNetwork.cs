using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using HcsPowerShell.Tests.Engine;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Machines with a network and a server of OpenSSH each, as network namespaces. Their keys are made here, and the subsystem of
/// each server is PowerShell with the staged module.
/// </summary>
public sealed class SshNetwork : IDisposable
{
    private const string Server = "/usr/sbin/sshd";
    private const string ClientKeyName = "client";

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _servers = [];
    private readonly string[] _names;

    public SshNetwork(int count)
    {
        _names = [.. Enumerable.Range(1, count).Select(number => $"hcs-ssh-{Environment.ProcessId}-{number}")];
        Addresses = [.. Enumerable.Range(0, count).Select(number => $"203.0.113.{(4 * number) + 2}")];
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", ClientKey);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", Path.Combine(_folder.Path, "server"));
        string subsystem = _folder.Write("powershell", $"""
            #!/bin/sh
            export PSModulePath='{Path.GetDirectoryName(StagedModule.Folder)}' HCS_HOST=embedded NO_COLOR=1
            exec '{DotNet.Program}' '{StagedModule.PowerShell}' -sshs -NoLogo -NoProfile

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(subsystem, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string configuration = _folder.Write("sshd_config", $"""
            HostKey {_folder.Path}/server
            AuthorizedKeysFile {ClientKey}.pub
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            StrictModes no
            UsePAM no
            PidFile none
            Subsystem powershell {subsystem}

            """);
        Directory.CreateDirectory("/run/sshd");
        for (int i = 0; i < count; i++)
        {
            Run("ip", "netns", "add", _names[i]);
            Run("ip", "link", "add", LinkOf(i), "type", "veth", "peer", "name", "eth0", "netns", _names[i]);
            Run("ip", "address", "add", $"203.0.113.{(4 * i) + 1}/30", "dev", LinkOf(i));
            Run("ip", "link", "set", LinkOf(i), "up");
            Run("ip", "-n", _names[i], "address", "add", Addresses[i] + "/30", "dev", "eth0");
            Run("ip", "-n", _names[i], "link", "set", "eth0", "up");
            _servers.Add(Process.Start("ip", ["netns", "exec", _names[i], Server, "-D", "-f", configuration]));
        }

        foreach (string address in Addresses)
        {
            Poll.Until(() => Answers(address), $"the server at {address} to answer");
        }
    }

    /// <summary>The addresses of the machines.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The key that opens them.</summary>
    public string ClientKey => Path.Combine(_folder.Path, ClientKeyName);

    /// <summary>Skips the test where there can be no such machines.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Needs root on Linux, for network namespaces");
        Assert.SkipUnless(File.Exists(Server), "Needs the package openssh-server");
    }

    public void Dispose()
    {
        foreach (Process server in _servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }

        for (int i = 0; i < _servers.Count; i++)
        {
            Run("ip", "link", "delete", LinkOf(i));
            Run("ip", "netns", "delete", _names[i]);
        }

        _folder.Dispose();
    }

    private static bool Answers(string address)
    {
        using TcpClient client = new();
        try
        {
            client.Connect(address, 22);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The name of a link has at most 15 characters.
    private static string LinkOf(int number) => $"hs{Environment.ProcessId}-{number}";

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new XunitException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }
}
