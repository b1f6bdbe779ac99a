using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Interop.VmCompute;

namespace HcsPowerShell.Interop.Local;

/// <summary>
/// A system that this process did not create. Its creator's library is not known, and only that one may be able to
/// change it: what computecore refuses is tried once more through vmcompute, and what worked is remembered.
/// </summary>
internal sealed class ForeignContainer(IContainer computeCore, VmComputeService service, SystemLibraries libraries)
    : IContainer
{
    private readonly object _gate = new();
    private Action<ComputeSystemEvent>? _subscribers;
    private Task<IContainer>? _vmCompute;
    private bool _closed;

    public event Action<ComputeSystemEvent>? EventReceived
    {
        add
        {
            computeCore.EventReceived += value;
            _subscribers += value;
        }

        remove
        {
            computeCore.EventReceived -= value;
            _subscribers -= value;
        }
    }

    public string Id => computeCore.Id;

    public Task<SystemExitStatus> Exited => computeCore.Exited;

    public Task StartAsync(CallOptions options) =>
        ThroughEitherAsync(c => c.StartAsync(options));

    public Task ShutdownAsync(CallOptions options) => computeCore.ShutdownAsync(options);

    public Task TerminateAsync(CallOptions options) => computeCore.TerminateAsync(options);

    public Task PauseAsync(CallOptions options) =>
        ThroughEitherAsync(c => c.PauseAsync(options));

    public Task ResumeAsync(CallOptions options) =>
        ThroughEitherAsync(c => c.ResumeAsync(options));

    public Task ModifyAsync(string request, CallOptions options) =>
        ThroughEitherAsync(c => c.ModifyAsync(request, options));

    public Task<ContainerProperties> GetPropertiesAsync(PropertyQuery query, CallOptions options) =>
        computeCore.GetPropertiesAsync(query, options);

    public Task<IProcess> CreateProcessAsync(ProcessConfig config, CallOptions options) =>
        ThroughEitherAsync(c => c.CreateProcessAsync(config, options));

    public Task<IProcess> OpenProcessAsync(uint processId, CallOptions options) =>
        computeCore.OpenProcessAsync(processId, options);

    public void Close()
    {
        computeCore.Close();
        Task<IContainer>? other;
        lock (_gate)
        {
            _closed = true;
            other = _vmCompute;
        }

        other?.ContinueWith(
            static opened => opened.Result.Close(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static bool MayNeedTheOther(HcsException e) =>
        e.Is(HResult.InvalidState) || e.Is(HResult.InvalidJson) || e.Is(HResult.UnknownMessage)
        || e.Is(HResult.InvalidArgument) || e.Is(HResult.NotSupported) || e.Is(HResult.InvalidData);

    private Task<bool> ThroughEitherAsync(Func<IContainer, Task> call) => ThroughEitherAsync(async container =>
    {
        await call(container).ConfigureAwait(false);
        return true;
    });

    private async Task<T> ThroughEitherAsync<T>(Func<IContainer, Task<T>> call)
    {
        if (libraries.Of(Id) == LocalApi.VmCompute)
        {
            return await call(await OtherAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        try
        {
            return await call(computeCore).ConfigureAwait(false);
        }
        catch (HcsException refusal) when (MayNeedTheOther(refusal))
        {
            try
            {
                IContainer other = await OtherAsync().ConfigureAwait(false);
                T answer = await call(other).ConfigureAwait(false);
                libraries.Remember(Id, LocalApi.VmCompute);
                libraries.ForgetAfterExit(this);
                return answer;
            }
            catch (HcsException)
            {
                // Both refuse: the first answer is of the library that was meant to know.
                throw refusal;
            }
        }
    }

    private Task<IContainer> OtherAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new HcsException(nameof(Close), HResult.InvalidHandle, Id);
            }

            return _vmCompute is null or { IsFaulted: true } ? _vmCompute = OpenOtherAsync() : _vmCompute;
        }
    }

    private async Task<IContainer> OpenOtherAsync()
    {
        IContainer other = await service.OpenContainerAsync(Id, CancellationToken.None).ConfigureAwait(false);
        other.EventReceived += Forward;
        return other;
    }

    /// <summary>Its own calls are known to this handle alone; the fate of the system computecore tells.</summary>
    private void Forward(ComputeSystemEvent received)
    {
        if (received.Type is ComputeSystemEventType.SystemStarted or ComputeSystemEventType.SystemPaused
            or ComputeSystemEventType.SystemResumed or ComputeSystemEventType.ProcessStarted
            or ComputeSystemEventType.ProcessExited)
        {
            _subscribers?.Invoke(received);
        }
    }
}
