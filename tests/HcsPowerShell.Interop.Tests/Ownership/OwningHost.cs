using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Interop.Tests.Ownership;

/// <summary>A host whose scratches are folders, and whose containers are the ids that a test adds.</summary>
internal sealed class OwningHost(string folder) : IComputeService, ILayerService
{
    private OwningNetworks? _networks;

    /// <summary>The ids that the service finds.</summary>
    public HashSet<string> Containers { get; } = new(ContainerId.Comparer);

    /// <summary>What the service answers for an id that it does not find.</summary>
    public int Answer { get; set; } = HResult.SystemNotFound;

    /// <summary>The folders that are mounted.</summary>
    public HashSet<string> Mounted { get; } = [];

    /// <summary>The calls on layers, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Runs before each call on layers, and may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Runs after each call on layers, and may throw.</summary>
    public Action<string> After { get; set; } = _ => { };

    public HostProperties Declared => new() { Kind = HostKind.Local };

    public ILayerService Layers => this;

    public IImageService Images => throw new NotSupportedException();

    public IMachineService Machines => throw new NotSupportedException();

    public INetworkService Networks => _networks ??= new OwningNetworks((call, work) => Do(call, work));

    public Task<IContainer> OpenContainerAsync(string id, CallOptions options) => Containers.Contains(id)
        ? Task.FromResult<IContainer>(new OpenedContainer(id))
        : Task.FromException<IContainer>(new HcsException("HcsOpenComputeSystem", Answer, id));

    public Task<IContainer> CreateContainerAsync(string id, string document, SchemaVersion version, CallOptions options) =>
        throw new NotSupportedException();

    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(ComputeSystemQuery query, CallOptions options) =>
        throw new NotSupportedException();

    public Task<HostProperties> GetPropertiesAsync(CallOptions options) => throw new NotSupportedException();

    public void Close()
    {
    }

    public Task<string?> FindOwnFolderAsync(bool isMade, CallOptions options)
    {
        if (isMade)
        {
            Directory.CreateDirectory(folder);
        }

        return Task.FromResult(Directory.Exists(folder) ? folder : null);
    }

    public Task<LayerProperties> GetPropertiesAsync(string path, CallOptions options) => Task.FromResult(new LayerProperties
    {
        Path = path,
        Kind = LayerKind.Scratch,
        Parents = LayerChain.Read(path),
        VolumePath = Mounted.Contains(path) ? VolumeOf(path) : null,
    });

    public Task CreateScratchAsync(string path, IReadOnlyList<string> parents, ulong size, CallOptions options) =>
        Do("create", () =>
        {
            if (LayerPath.HasContent(path))
            {
                throw new LayerException(LayerProblem.AlreadyExists, path, $"'{path}' is not empty.");
            }

            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, "sandbox.vhdx"), string.Empty);
            LayerChain.Write(path, parents);
        });

    public async Task<MountedLayer> MountAsync(string path, IReadOnlyList<string> parents, CallOptions options)
    {
        await Do("mount", () => Mounted.Add(path));
        return new MountedLayer(path, VolumeOf(path), []);
    }

    public Task DismountAsync(string path, CallOptions options) => Do("dismount", () =>
    {
        Require(path);
        Mounted.Remove(path);
    });

    public Task RemoveAsync(string path, CallOptions options) => Do("remove", () =>
    {
        Require(path);
        Directory.Delete(path, recursive: true);
    });

    public Task<IReadOnlyList<Layer>> GetChainAsync(IReadOnlyList<string> layers, CallOptions options) =>
        throw new NotSupportedException();

    public Task<LayerUsage> GetUsageAsync(string path, CallOptions options) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> GetMountedAsync(CallOptions options) => throw new NotSupportedException();

    public Task InitializeAsync(string path, CallOptions options) => throw new NotSupportedException();

    private static string VolumeOf(string path) => "volume of " + Path.GetFileName(path);

    private static void Require(string path)
    {
        if (!Directory.EnumerateFiles(path).Any())
        {
            throw new LayerException(LayerProblem.NotALayer, path, $"'{path}' is no layer.");
        }
    }

    private Task Do(string call, Action work)
    {
        try
        {
            Before(call);
            work();
            Calls.Add(call);
            After(call);
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
    }

    private sealed class OpenedContainer(string id) : IContainer
    {
        public event Action<ComputeSystemEvent>? EventReceived
        {
            add => throw new NotSupportedException();
            remove => throw new NotSupportedException();
        }

        public string Id => id;

        public Task<SystemExitStatus> Exited => throw new NotSupportedException();

        public Task StartAsync(CallOptions options) => throw new NotSupportedException();

        public Task ShutdownAsync(CallOptions options) => throw new NotSupportedException();

        public Task TerminateAsync(CallOptions options) => throw new NotSupportedException();

        public Task PauseAsync(CallOptions options) => throw new NotSupportedException();

        public Task ResumeAsync(CallOptions options) => throw new NotSupportedException();

        public Task SaveAsync(string path, CallOptions options) => throw new NotSupportedException();

        public Task CrashAsync(CallOptions options) => throw new NotSupportedException();

        public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options) =>
            throw new NotSupportedException();

        public Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options) => throw new NotSupportedException();

        public Task<IProcess> OpenProcessAsync(uint processId, CallOptions options) => throw new NotSupportedException();

        public Task ModifyAsync(string request, CallOptions options) => throw new NotSupportedException();

        public void Close()
        {
        }
    }
}
