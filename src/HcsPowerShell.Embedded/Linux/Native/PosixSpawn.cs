using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Starts a process in a process group of its own.</summary>
internal static class PosixSpawn
{
    // Larger than these structures are in any C library (glibc and musl on 64 bit: 336 and 80 bytes).
    private const int AttributesSize = 1024;
    private const int FileActionsSize = 512;

    private static readonly byte[] s_devNull = CString.From("/dev/null");

    /// <param name="executable">Absolute path.</param>
    /// <param name="arguments">Argument 0 first.</param>
    /// <param name="environment">Name=value strings.</param>
    /// <param name="workingDirectory">Absolute path.</param>
    /// <param name="standard">Descriptors 0, 1 and 2; null is /dev/null.</param>
    /// <param name="terminal">Path of a terminal that replaces all three and controls the session.</param>
    /// <param name="isTool">
    /// True for a process that stays in the session of this process and has no part in its terminal: its streams are no
    /// terminal. A new session is also a new scheduling group, which costs milliseconds per start where processors are
    /// short.
    /// </param>
    /// <returns>The process id, which is also that of its group, and of its session unless it is a tool.</returns>
    /// <exception cref="HcsException">The system refuses.</exception>
    public static int Start(
        string executable,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        string workingDirectory,
        FileDescriptor?[] standard,
        string? terminal = null,
        bool isTool = false)
    {
        nint attributes = Marshal.AllocHGlobal(AttributesSize);
        nint fileActions = Marshal.AllocHGlobal(FileActionsSize);
        Check(Libc.posix_spawnattr_init(attributes));
        Check(Libc.posix_spawn_file_actions_init(fileActions));
        try
        {
            SetAttributes(attributes, isTool ? Libc.POSIX_SPAWN_SETPGROUP : Libc.POSIX_SPAWN_SETSID);
            if (terminal is null)
            {
                SetStandard(fileActions, standard);
            }
            else
            {
                SetTerminal(fileActions, terminal, standard.Length);
            }

            Check(Libc.posix_spawn_file_actions_addchdir_np(fileActions, CString.From(workingDirectory)));
            CloseTheRest(fileActions, standard.Length);

            using CStringArray argv = new(arguments);
            using CStringArray envp = new(environment);
            Check(Libc.posix_spawn(
                out int pid, CString.From(executable), fileActions, attributes, argv.Pointers, envp.Pointers));
            return pid;
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(fileActions);
            _ = Libc.posix_spawnattr_destroy(attributes);
            Marshal.FreeHGlobal(fileActions);
            Marshal.FreeHGlobal(attributes);
        }
    }

    private static void SetAttributes(nint attributes, short group)
    {
        byte[] signals = new byte[Libc.SignalSetSize];

        // .NET ignores SIGPIPE, and an ignored signal stays ignored after an exec.
        Check(Libc.sigfillset(signals));
        Check(Libc.posix_spawnattr_setsigdefault(attributes, signals));
        Check(Libc.sigemptyset(signals));
        Check(Libc.posix_spawnattr_setsigmask(attributes, signals));
        Check(Libc.posix_spawnattr_setflags(
            attributes, (short)(group | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK)));
    }

    private static void SetStandard(nint fileActions, FileDescriptor?[] standard)
    {
        for (int i = 0; i < standard.Length; i++)
        {
            int flags = i == 0 ? Libc.O_RDONLY : Libc.O_WRONLY;
            Check(standard[i] is { } descriptor
                ? Libc.posix_spawn_file_actions_adddup2(fileActions, descriptor, i)
                : Libc.posix_spawn_file_actions_addopen(fileActions, i, s_devNull, flags, 0));
        }
    }

    // The session has no terminal yet, so the first terminal it opens becomes its own.
    private static void SetTerminal(nint fileActions, string path, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Check(Libc.posix_spawn_file_actions_addopen(fileActions, i, CString.From(path), Libc.O_RDWR, 0));
        }
    }

    // The descriptors of this host close on exec anyway; those this process inherited may not, and a container must not
    // get them.
    private static void CloseTheRest(nint fileActions, int from)
    {
        try
        {
            Check(Libc.posix_spawn_file_actions_addclosefrom_np(fileActions, from));
        }
        catch (EntryPointNotFoundException)
        {
            // An older glibc, or musl.
        }
    }

    private static void Check(int errno)
    {
        if (errno != 0)
        {
            throw SpawnError.From(errno);
        }
    }
}
