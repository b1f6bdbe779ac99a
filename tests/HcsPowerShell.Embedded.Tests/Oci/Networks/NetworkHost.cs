using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>
/// The test executable as a process that the test kills: it makes a network with a mapped port and a container, prints
/// the id of its guardian, and goes on making endpoints.
/// </summary>
internal static class NetworkHost
{
    private const string Argument = "--network-host";

    public static async Task<(Process Process, int Guardian)> StartAsync(List<Process> programs)
    {
        ProcessStartInfo info = new(Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests"), [Argument])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(info)!;
        programs.Add(process);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within();
        return (process, int.Parse(line!, null));
    }

    // Runs before the test runner's entry point, which would not know the argument.
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Array.IndexOf(Environment.GetCommandLineArgs(), Argument) >= 0)
        {
            Run();
        }
    }

    // No other thread may run code of this assembly before its initializers have ended, so nothing is asynchronous here.
    private static void Run()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        HostComputeNetwork network = isolation.Networks.CreateAsync(
            Guid.NewGuid(), new HostComputeNetwork { Name = "killed" }, default).GetAwaiter().GetResult();
        HostComputeEndpoint endpoint = Add(isolation.Networks, network, 8080);
        ISandbox sandbox = isolation.CreateSandbox("killed", new ContainerConfig { EndpointList = [endpoint.Id!] });
        sandbox.Begin();
        Console.WriteLine(isolation.GuardianProcessId);
        while (true)
        {
            HostComputeEndpoint added = Add(isolation.Networks, network, 8090);
            isolation.Networks.DeleteAsync<HostComputeEndpoint>(added.Guid, default).GetAwaiter().GetResult();
            GC.KeepAlive(sandbox);
        }
    }

    private static HostComputeEndpoint Add(INetworkService networks, HostComputeNetwork network, ushort port)
    {
        HostComputePolicy mapping = new()
        {
            Type = PortMappingSetting.PolicyType,
            Settings = new RawJson($$"""{"Protocol":6,"InternalPort":80,"ExternalPort":{{port}}}"""),
        };
        HostComputeEndpoint document = new() { HostComputeNetwork = network.Id, Policies = [mapping] };
        return networks.CreateAsync(Guid.NewGuid(), document, default).GetAwaiter().GetResult();
    }
}
