using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace HcsPowerShell.Embedded.Tests.Unix;

/// <summary>The test executable as a process whose first thread ends while the process lives on.</summary>
internal static class FirstThreadEnd
{
    public const string Argument = "--end-first-thread";

    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetCommandLineArgs().Contains(Argument))
        {
            new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();
            _ = syscall(RuntimeInformation.OSArchitecture == Architecture.X64 ? 60 : 93, 0);
        }
    }

    // The system call exit, not exit_group.
    [DllImport("libc", ExactSpelling = true)]
    private static extern nint syscall(nint number, nint code);
}
