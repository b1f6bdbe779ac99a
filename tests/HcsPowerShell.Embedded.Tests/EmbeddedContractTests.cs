using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Tests that the embedded host keeps the contract of the native adapters, with real processes.</summary>
[Collection(CountedCollection.Name)]
public class EmbeddedContractTests : ComputeServiceContract
{
    private readonly ProcessResources _resources;
    private IComputeService? _service;

    public EmbeddedContractTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Runs commands that every Unix has.");
        _resources = new ProcessResources();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_orphan_in_a_console_goes_on_when_its_console_is_closed(bool wantsOutput)
    {
        IContainer container = await CreateStartedAsync();
        string file = "/tmp/" + container.Id;
        ProcessConfig config = Shell(
            $"trap '' HUP; (sleep 0.3; head -c 300000 /dev/zero && echo alive >{file}) & sleep 0.1; exit 3");
        (config.EmulateConsole, config.CreateStdErrPipe, config.CreateStdOutPipe) = (true, false, wantsOutput);
        IProcess process = await container.CreateProcessAsync(config, Limit);
        Assert.Equal(3u, (await process.Exited.Within()).ExitCode);
        process.Close();
        IProcess look = await container.CreateProcessAsync(
            Shell($"until [ -s {file} ]; do sleep 0.05; done; rm {file}"), Limit);
        Assert.Equal(0u, (await look.Exited.Within()).ExitCode);
        look.Close();
    }

    protected sealed override IComputeService Adapter => _service ??= Create();

    protected override IEnumerable<ComputeOperation> Absent =>
        Enum.GetValues<ComputeOperation>().Where(operation => operation.IsOnMachines());

    protected override IEnumerable<string> Left => _resources?.Since ?? [];

    protected override SchemaVersion Version { get; } = new() { Major = 1 };

    protected override string Modification =>
        """{"ResourceType":"Network","Settings":"eef2649d-bb17-4d53-9937-295a8efe6f2c","RequestType":"Add"}""";

    protected override string Document(string owner) =>
        HcsJson.Write(new ContainerConfig { SystemType = "Container", Owner = owner });

    protected override ProcessConfig Exit(uint code) => Shell($"exit {code}");

    protected override ProcessConfig Echo(string text) => Shell($"echo '{text}'");

    protected override ProcessConfig Complain(string text) => Shell($"echo '{text}' >&2");

    protected override ProcessConfig Cat() => Command("cat");

    protected override ProcessConfig Sleep() => Command("sleep", "1000");

    protected override ProcessConfig Spew(int bytes) =>
        Command("head", "-c", bytes.ToString(CultureInfo.InvariantCulture), "/dev/zero");

    protected override ProcessConfig Orphan(int bytes) => Shell(
        $"echo first; (sleep 0.3; if head -c {bytes} /dev/zero; then echo written >&2; else echo failed >&2; fi) & exit 0");

    protected override ProcessConfig Missing() => Command("no-such-program");

    protected override ProcessConfig Stubborn() => Shell("trap '' TERM HUP INT; echo ready; while :; do sleep 0.05; done");

    protected override bool EndsWithService => true;

    protected override Task LoseServiceAsync()
    {
        Adapter.Close();
        return Task.CompletedTask;
    }

    protected override void FailNextTerminate() => Isolation.FailNextSandboxKill();

    protected override void FailNextKill() => Isolation.FailNextProcessKill();

    protected override void Disposed() => _service?.Close();

    private protected FailingIsolation Isolation { get; private set; } = null!;

    /// <summary>The isolation under test.</summary>
    private protected virtual IIsolation Make() => IsolationChoice.Make(EmbeddedIsolation.Process).Isolation;

    /// <summary>The operations that need nothing outside this process.</summary>
    protected override ComputeOperation[] Immediate =>
    [
        ComputeOperation.Open, ComputeOperation.Enumerate, ComputeOperation.ServiceProperties, ComputeOperation.Properties,
        ComputeOperation.OpenProcess, ComputeOperation.Stdio, ComputeOperation.CloseStdin,
    ];

    protected override IHeldCalls HoldUp(ComputeOperation operation)
    {
        _ = Adapter;
        return Isolation.Hold(operation);
    }

    protected virtual IComputeService Create() => new EmbeddedComputeService(
        new IsolationChoice(Isolation = new FailingIsolation(Make()), null));

    private static ProcessConfig Shell(string script) => Command("sh", "-c", script);

    private static ProcessConfig Command(params string[] arguments) => new()
    {
        CommandArgs = arguments,
        CreateStdInPipe = arguments[0] == "cat",
        CreateStdOutPipe = true,
        CreateStdErrPipe = true,
    };
}
