using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>
/// Base class of tests on layers: real folders, which go with the test, and the functions that got them.
/// </summary>
public abstract class LayerTests : MockTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("hcs-layer-").FullName;

    private protected LayerTests()
        : base(MockLibrary.VmCompute)
    {
    }

    protected ILayerService Layers => Service.Layers;

    protected string PathOf(string name) => Path.Combine(_root, name);

    /// <summary>Makes the folder of a base layer as it is unpacked.</summary>
    protected string Unpack(string name)
    {
        Directory.CreateDirectory(Path.Combine(PathOf(name), "Files", "Windows", "System32"));
        return PathOf(name);
    }

    /// <summary>Makes the folder of a base layer that is completed.</summary>
    protected string MakeBase(string name = "base")
    {
        string path = Unpack(name);
        File.WriteAllText(Path.Combine(path, "blank-base.vhdx"), string.Empty);
        return path;
    }

    /// <summary>Makes the folder of a read-only layer.</summary>
    protected string MakeReadOnly(string name, params string[] parents)
    {
        string path = Unpack(name);
        WriteChain(path, JsonSerializer.Serialize(parents));
        return path;
    }

    protected static void WriteChain(string path, string json) =>
        File.WriteAllText(Path.Combine(path, "layerchain.json"), json);

    protected async Task<string> CreateScratchAsync(string name = "scratch", ulong size = 0, params string[] parents)
    {
        string path = PathOf(name);
        await Layers.CreateScratchAsync(path, parents.Length > 0 ? parents : [MakeBase()], size, Limit);
        return path;
    }

    protected Task<MountedLayer> MountAsync(string scratch, CallOptions? options = null) =>
        Layers.MountAsync(scratch, [], options ?? Limit);

    /// <summary>Does the work and returns what it called on layers, with paths below the folder of the test.</summary>
    protected async Task<string[]> CallsOfAsync(Func<Task> work)
    {
        int before = Mock.Record().Length;
        await work();
        return Since(before);
    }

    /// <summary>Returns what was called on layers after the given number of calls.</summary>
    protected string[] Since(int before)
    {
        string root = _root + Path.DirectorySeparatorChar;
        return
        [
            .. Mock.Record().Skip(before).Select(line => line.Replace(root, string.Empty, StringComparison.Ordinal)),
        ];
    }

    /// <summary>Plans that each of the next calls of the function is refused.</summary>
    protected void Refuse(string function, int hresult, int times = 1)
    {
        for (int call = 1; call <= times; call++)
        {
            Mock.SetFault(function, MockFault.Call, hresult, nth: call);
        }
    }

    protected static async Task<LayerException> ProblemAsync(LayerProblem problem, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<LayerException>(call);
        Assert.Equal(problem, refusal.Problem);
        return refusal;
    }

    /// <summary>Waits until the call is inside the function, then stops waiting for it.</summary>
    protected async Task StopInsideAsync(string function, Func<CancellationToken, Task> call)
    {
        using var stop = new CancellationTokenSource();
        Mock.Hold(function);
        Task running = call(stop.Token);
        await UntilAsync(() => Mock.Waiting(function) == 1);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
    }

    protected override void Disposed() => Directory.Delete(_root, recursive: true);
}
