using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Targets;

/// <summary>Saves a virtual machine to a file. A machine that cannot be saved runs on, and a file that was there stays.</summary>
/// <param name="machine">The machine.</param>
/// <param name="file">The file.</param>
/// <param name="output">The output for messages.</param>
internal sealed class MachineSave(MachineTarget machine, string file, ICommandOutput output)
{
    private bool _isPaused;
    private string? _aside;

    public async Task RunAsync(Deadline deadline)
    {
        SetAside();
        try
        {
            await SaveAsync(deadline).ConfigureAwait(false);
        }
        catch
        {
            await UndoAsync(deadline).ConfigureAwait(false);
            throw;
        }

        Try(() => File.Delete(_aside ?? string.Empty), _aside is not null, $"The file that was at '{file}' is now at '{_aside}'");
        if (!await ContainerEnd.SeesExitAsync(machine.Tracked.Exited, deadline.Stop).ConfigureAwait(false))
        {
            output.Verbose($"{machine.Target} is saved, and its end has not been told.");
        }
    }

    private async Task SaveAsync(Deadline deadline)
    {
        IContainer handle = machine.Tracked.Handle;
        IMachineService machines = machine.Target.Host.Service.Machines;
        await machines.CreateStateFileAsync(file, deadline).ConfigureAwait(false);
        await machines.GrantAccessAsync(machine.MachineId, file, deadline).ConfigureAwait(false);
        if (machine.Properties.State != nameof(HcsSystemState.Paused))
        {
            await PauseAsync(handle, deadline).ConfigureAwait(false);
        }

        await handle.SaveAsync(file, deadline).ConfigureAwait(false);
    }

    // HCS goes on with a pause that nobody waits for any more.
    private async Task PauseAsync(IContainer handle, Deadline deadline)
    {
        try
        {
            await handle.PauseAsync(deadline).ConfigureAwait(false);
            _isPaused = true;
        }
        catch (Exception e) when (e is OperationCanceledException || (e is HcsException late && late.Is(HResult.OperationTimeout)))
        {
            _isPaused = true;
            throw;
        }
    }

    private async Task UndoAsync(Deadline deadline)
    {
        IContainer handle = machine.Tracked.Handle;
        if (_isPaused && !handle.Exited.IsCompleted)
        {
            try
            {
                await handle.ResumeAsync(deadline.ToCleanUp(ComputeOperation.Resume.DefaultTimeout())).ConfigureAwait(false);
            }
            catch (HcsException e)
            {
                output.Warning($"{machine.Target} may be left paused: {HcsErrors.Reason(e)} Resume-HcsContainer resumes it.");
            }
        }

        Try(() => File.Delete(file), File.Exists(file), $"'{file}' is left, and holds no whole machine");
        Try(() => File.Move(_aside!, file), _aside is not null, $"The file that was at '{file}' is now at '{_aside}'");
    }

    // The service makes the file itself, and only where there is none.
    private void SetAside()
    {
        if (File.Exists(file))
        {
            string aside = $"{file}.{Guid.NewGuid():N}";
            File.Move(file, aside);
            _aside = aside;
        }
    }

    private void Try(Action change, bool isNeeded, string failure)
    {
        try
        {
            if (isNeeded)
            {
                change();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.Warning($"{failure}: {e.Message}");
        }
    }
}
