using System;

namespace HcsPowerShell.Errors;

/// <summary>A process exited with a code other than 0, and the user wants this to be an error.</summary>
internal sealed class ProcessExitCodeException(HcsProcess process) : Exception(Describe(process))
{
    /// <summary>The process, which has exited.</summary>
    public HcsProcess Process => process;

    /// <summary>The exit code, as <c>$LASTEXITCODE</c> has it.</summary>
    public int ExitCode { get; } = process.LastExitCode;

    // A negative code is a Windows code, which users know in hexadecimal form.
    private static string Describe(HcsProcess process) =>
        $"Process '{process.Program}' in container '{process.ContainerId}' ended with "
        + (process.ExitCode is null ? "an exit code that is not known."
            : process.LastExitCode < 0 ? $"exit code {process.LastExitCode} (0x{process.LastExitCode:X8})."
            : process.IsOutOfMemory ? $"exit code {process.LastExitCode}: the memory of its container was used up."
            : $"exit code {process.LastExitCode}.");
}
