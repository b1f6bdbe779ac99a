using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// Compares random sequences with a model of the life cycle. A failure shows the smallest differing sequence as a
/// script.
/// </summary>
public abstract partial class ComputeServiceContract
{
    /// <summary>The number of sequences in a run of all tests.</summary>
    protected virtual int Sequences => 20;

    [Fact]
    public void A_random_sequence_ends_as_the_model_says() => Campaign.Run(
        "sequences, " + GetType().Name,
        Gen.Select(Gen.Int[0, Enum.GetValues<ModelStepKind>().Length - 1], Gen.Int[0, 1], (kind, handle) => new ModelStep((ModelStepKind)kind, handle))
            .Array[4, 24],
        steps => RunAsync(steps).Within().GetAwaiter().GetResult(),
        Sequences,
        steps => string.Join("; ", steps.Select(step => step.Script)));

    private async Task RunAsync(ModelStep[] steps)
    {
        string id = NewId();
        var model = new LifeCycleModel();
        var handles = new IContainer?[2];
        try
        {
            // Most errors need a running system.
            foreach (ModelStep step in steps.Prepend(new(ModelStepKind.Start, 0)).Prepend(new(ModelStepKind.Create, 0)))
            {
                if (model.Knows(step))
                {
                    await RunAsync(step, id, handles, model);
                }
            }
        }
        finally
        {
            if ((await Service.GetContainersAsync(new ComputeSystemQuery { Ids = [id] }, CancellationToken.None)).Any())
            {
                IContainer last = await Service.OpenContainerAsync(id, CancellationToken.None);
                await last.TerminateAsync(CancellationToken.None);
                await last.Exited;
                last.Close();
            }

            foreach (IContainer? handle in handles)
            {
                handle?.Close();
            }
        }
    }

    private async Task RunAsync(ModelStep step, string id, IContainer?[] handles, LifeCycleModel model)
    {
        int expected = model.Take(step);
        int actual = 0;
        try
        {
            await CallAsync(step, id, handles, model.State);
            if (step.Kind is ModelStepKind.Shutdown or ModelStepKind.Terminate)
            {
                await ExitIsKnownAsync(handles.Where((handle, number) => handle is not null && model.IsOver(number)));
            }
        }
        catch (HcsException refusal)
        {
            actual = refusal.Is(expected) ? expected : refusal.HResult;
        }

        Assert.True(expected == actual, $"{step.Script}: 0x{actual:X8} for 0x{expected:X8}");
    }

    private async Task CallAsync(ModelStep step, string id, IContainer?[] handles, string? state)
    {
        CancellationToken none = CancellationToken.None;
        IContainer? handle = handles[step.Handle];
        switch (step.Kind)
        {
            case ModelStepKind.Create:
                IContainer created = await Service.CreateContainerAsync(id, Document("contract"), Version, none);
                handle?.Close();
                handles[step.Handle] = created;
                break;
            case ModelStepKind.Open:
                IContainer opened = await Service.OpenContainerAsync(id, none);
                handle?.Close();
                handles[step.Handle] = opened;
                break;
            case ModelStepKind.Start:
                await handle!.StartAsync(none);
                break;
            case ModelStepKind.Pause:
                await handle!.PauseAsync(none);
                break;
            case ModelStepKind.Resume:
                await handle!.ResumeAsync(none);
                break;
            case ModelStepKind.Shutdown:
                await handle!.ShutdownAsync(none);
                break;
            case ModelStepKind.Terminate:
                await handle!.TerminateAsync(none);
                break;
            case ModelStepKind.Process:
                IProcess process = await handle!.CreateProcessAsync(Sleep(), none);
                await process.KillAsync(none);
                await process.Exited;
                process.Close();
                break;
            case ModelStepKind.State:
                Assert.Equal(state, await StateNowAsync(handle!));
                break;
            case ModelStepKind.List:
                Assert.Equal(state is null ? 0 : 1, (await Service.GetContainersAsync(new ComputeSystemQuery { Ids = [id] }, none)).Count());
                break;
            default:
                handle!.Close();
                break;
        }
    }

    /// <summary>Waits until each handle on the ended system knows of the exit; a closed handle counts too.</summary>
    private static Task ExitIsKnownAsync(IEnumerable<IContainer?> handles) =>
        Task.WhenAll(handles.Select(handle => Task.WhenAny(handle!.Exited)));

    private static async Task<string?> StateNowAsync(IContainer handle) =>
        (await handle.GetPropertiesAsync(new PropertyQuery(), CancellationToken.None)).State;
}
