using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The rules of HCS for a process with or without a console.</summary>
internal static class ConsoleRules
{
    /// <summary>
    /// Returns the configuration, changed to follow the rules. A process with a console and no pipe to standard input
    /// ends at once with 0xC000013A, so it gets that pipe. It never gets a pipe from standard error: standard output
    /// contains that text. A console size without a console is not sent.
    /// </summary>
    internal static ProcessConfig Apply(ProcessConfig config)
    {
        bool needsStdin = config.EmulateConsole && !config.CreateStdInPipe;
        bool hasErrorInVain = config.EmulateConsole && config.CreateStdErrPipe;
        bool hasSizeInVain = !config.EmulateConsole && config.ConsoleSize is { } size && !IsZero(size);
        if (!needsStdin && !hasErrorInVain && !hasSizeInVain)
        {
            return config;
        }

        ProcessConfig changed = HcsJson.Read<ProcessConfig>(HcsJson.Write(config));
        changed.CreateStdInPipe |= needsStdin;
        changed.CreateStdErrPipe &= !hasErrorInVain;
        changed.ConsoleSize = hasSizeInVain ? new uint[2] : changed.ConsoleSize;
        return changed;
    }

    private static bool IsZero(uint[] size)
    {
        foreach (uint characters in size)
        {
            if (characters != 0)
            {
                return false;
            }
        }

        return true;
    }
}
