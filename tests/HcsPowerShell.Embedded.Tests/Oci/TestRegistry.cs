using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>A registry on this machine, without encryption.</summary>
internal sealed class TestRegistry : IDisposable
{
    private readonly Process _process;

    private TestRegistry(Process process, string name)
    {
        _process = process;
        Name = name;
    }

    /// <summary>Its name in references.</summary>
    public string Name { get; }

    /// <summary>Starts one, and waits until it answers.</summary>
    /// <param name="folder">Folder of its files.</param>
    /// <param name="login">The line of htpasswd that it asks for; null for none.</param>
    public static async Task<TestRegistry> StartAsync(string folder, string? login = null)
    {
        int port = FreePort();
        string settings = Path.Combine(folder, "registry.yml");
        string password = Path.Combine(folder, "htpasswd");
        string auth = login is null ? string.Empty : $"auth:\n  htpasswd:\n    realm: test\n    path: '{password}'\n";
        File.WriteAllText(password, login);
        File.WriteAllText(
            settings,
            $"version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: '{folder}/registry'\n"
            + $"http:\n  addr: 127.0.0.1:{port}\n{auth}");
        var process = Process.Start(new ProcessStartInfo("/usr/bin/docker-registry", ["serve", settings])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        TestRegistry registry = new(process, $"127.0.0.1:{port}");
        await Waits.Until(() => Answers(port), what: "the registry answers");
        return registry;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(int port)
    {
        try
        {
            using TcpClient client = new("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
