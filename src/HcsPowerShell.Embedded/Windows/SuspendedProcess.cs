using System;
using System.ComponentModel;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Windows.Native;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows;

/// <summary>
/// A process that was created and has not run yet; Dispose ends it unless <see cref="Run"/> was called.
/// </summary>
internal sealed class SuspendedProcess : IDisposable
{
    private const uint Flags = Kernel32.CREATE_SUSPENDED
        | Kernel32.CREATE_NEW_PROCESS_GROUP
        | Kernel32.CREATE_UNICODE_ENVIRONMENT
        | Kernel32.CREATE_NO_WINDOW
        | Kernel32.EXTENDED_STARTUPINFO_PRESENT;

    private readonly SafeThreadHandle _thread;
    private bool _running;

    /// <summary>Creates the process.</summary>
    /// <exception cref="Win32Exception">The executable is not found or is none, or the system refuses.</exception>
    public SuspendedProcess(ProcessPlan start, SafeFileHandle input, SafeFileHandle output, SafeFileHandle error)
    {
        using InheritedHandles handles = new(input, output, error);
        if (!Kernel32.CreateProcessW(
            start.Executable,
            (start.CommandLine + '\0').ToCharArray(),
            IntPtr.Zero,
            IntPtr.Zero,
            bInheritHandles: true,
            Flags,
            EnvironmentBlock.Of(start.Environment),
            start.WorkingDirectory,
            handles.StartupInfo,
            out Kernel32.PROCESS_INFORMATION created))
        {
            throw new Win32Exception();
        }

        Process = new SafeProcessHandle(created.hProcess, ownsHandle: true);
        ProcessId = created.dwProcessId;
        _thread = new SafeThreadHandle(created.hThread);
        try
        {
            End = new ProcessEnd(Process);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The process. The caller of <see cref="Run"/> owns this handle and <see cref="End"/>.</summary>
    public SafeProcessHandle Process { get; }

    /// <summary>Signalled when it has ended.</summary>
    public ProcessEnd End { get; }

    /// <summary>Its id.</summary>
    public uint ProcessId { get; }

    /// <summary>Lets the process run.</summary>
    /// <exception cref="Win32Exception">The process has been ended meanwhile.</exception>
    public void Run()
    {
        if (Kernel32.ResumeThread(_thread) == uint.MaxValue)
        {
            throw new Win32Exception();
        }

        _running = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        if (!_running)
        {
            _ = Kernel32.TerminateProcess(Process, WindowsProcess.KilledExitCode);
            End?.Dispose();
            Process.Dispose();
        }
    }
}
