using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Networks;

/// <summary>
/// The test executable as a process that a test kills. It makes a network with a mapped port and a container, prints the
/// id of its guardian, and goes on making endpoints; or takes the steps of an endpoint's life once; or is the next host.
/// </summary>
internal static class NetworkHost
{
    private const string Argument = "--network-host";
    private const string Steps = "--network-steps";
    private const string Session = "--network-session";

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
        string[] arguments = Environment.GetCommandLineArgs();
        switch (arguments.Length > 1 ? arguments[1] : null)
        {
            case Argument:
                Run();
                break;
            case Steps:
                TakeSteps(int.Parse(arguments[2], null));
                break;
            case Session:
                BeNext();
                break;
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

    private static void TakeSteps(int container)
    {
        const string Function = "HcsModifyComputeSystem";
        OciIsolation isolation = new(RuncProgram.Find()!);
        OciNetworks networks = (OciNetworks)isolation.Networks;
        HostComputeNetwork network = networks.CreateAsync(
            Guid.NewGuid(), new HostComputeNetwork { Name = "killed" }, default).GetAwaiter().GetResult();
        HostComputeEndpoint endpoint = Add(networks, network, 8080);
        networks.Attachments.AttachAsync(Function, "killed", container, endpoint.Guid, default).GetAwaiter().GetResult();
        networks.Attachments.DetachAsync(Function, "killed", endpoint.Guid, default).GetAwaiter().GetResult();
        networks.DeleteAsync<HostComputeEndpoint>(endpoint.Guid, default).GetAwaiter().GetResult();
        networks.DeleteAsync<HostComputeNetwork>(network.Guid, default).GetAwaiter().GetResult();
        isolation.CloseAsync().GetAwaiter().GetResult();
        Environment.Exit(0);
    }

    private static void BeNext()
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        isolation.Networks.CreateAsync(
            Guid.NewGuid(), new HostComputeNetwork { Name = "next", Type = "Private" }, default).GetAwaiter().GetResult();
        isolation.CloseAsync().GetAwaiter().GetResult();
        Environment.Exit(0);
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
