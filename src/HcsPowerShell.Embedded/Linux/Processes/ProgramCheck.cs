using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// Checks whether the kernel will run a program before it is started: if the kernel refuses, runc has gone and no
/// caller learns of it.
/// </summary>
internal static class ProgramCheck
{
    private const string Function = "HcsCreateProcess";

    // The length in which the kernel looks for the interpreter of a script, and the number of scripts it follows.
    private const int LongestFirstLine = 256;
    private const int MostScripts = 5;

    // Holds the headers of all but unusual programs; the kernel checks headers beyond this length.
    private const int Examined = 4096;

    private const int ExecutableType = 2;
    private const int SharedType = 3;
    private const uint InterpreterHeader = 3;

    private static readonly byte[] s_elf = [0x7F, (byte)'E', (byte)'L', (byte)'F'];
    private static readonly byte[] s_script = [(byte)'#', (byte)'!'];

    /// <param name="files">The files the program is in.</param>
    /// <param name="start">The process to start.</param>
    /// <exception cref="HcsException">
    /// The program is not executable, is neither a program of this kind of machine nor a script, or its interpreter is
    /// missing; or its arguments and environment are too long.
    /// </exception>
    public static void Require(IProgramFiles files, ProcessPlan start)
    {
        ArgumentSpace.Require(start);
        string path = start.Executable;
        for (int scripts = 0; Script(files, path) is { } interpreter; scripts++)
        {
            if (interpreter.Length == 0 || scripts == MostScripts)
            {
                throw Refuse(HResult.BadExeFormat, $"'{Shown(path)}' names no interpreter.");
            }

            string found = Path.Combine(start.WorkingDirectory, interpreter);
            RequireInterpreter(files, found, interpreter, path);
            path = found;
        }
    }

    // Null for a program, which ends the search.
    private static string? Script(IProgramFiles files, string path)
    {
        if (!files.FileExists(path) && !files.FolderExists(path))
        {
            throw Refuse(HResult.FileNotFound, $"The executable '{Shown(path)}' was not found.");
        }

        if (!files.IsExecutable(path))
        {
            throw Refuse(HResult.AccessDenied, $"'{Shown(path)}' must be a file, and executable.");
        }

        if (files.ReadStart(path, Examined) is not { } start)
        {
            return null;
        }

        if (start.AsSpan().StartsWith(s_script))
        {
            return InterpreterOf(start.AsSpan(s_script.Length, Math.Min(start.Length, LongestFirstLine) - s_script.Length));
        }

        if (!start.AsSpan().StartsWith(s_elf) || !IsComplete(start) || !IsProgram(start))
        {
            // A binfmt_misc handler of the machine may run it.
            return ForeignHandlers.Any()
                ? null
                : throw Refuse(HResult.BadExeFormat, $"'{Shown(path)}' is no program for this kind of machine, and no script.");
        }

        if (LoaderOf(start) is { } loader)
        {
            RequireInterpreter(files, loader, loader, path);
        }

        return null;
    }

    private static void RequireInterpreter(IProgramFiles files, string path, string name, string program)
    {
        if (!files.FileExists(path))
        {
            throw Refuse(HResult.FileNotFound, $"The interpreter '{Shown(name)}' that '{Shown(program)}' names was not found.");
        }
    }

    // As the kernel reads it: up to a blank; a CR is not a blank.
    private static string InterpreterOf(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line.ToArray());
        return text.Split('\n')[0].Trim(' ', '\t').Split(' ', '\t', '\0')[0];
    }

    private static bool IsComplete(byte[] start) => start.Length >= 64;

    private static bool IsProgram(byte[] elf) =>
        elf[5] == 1
        && BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(16)) is ExecutableType or SharedType
        && IsOfThisMachine(BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(18)));

    // Includes the 32-bit programs that the kernel may be built to run as well.
    private static bool IsOfThisMachine(ushort machine) => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => machine is 62 or 3,
        Architecture.Arm64 => machine is 183 or 40,
        _ => true,
    };

    private static string? LoaderOf(byte[] elf)
    {
        bool isWide = elf[4] == 2;
        ulong table = isWide ? Wide(32) : Word(28);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(isWide ? 54 : 42));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(isWide ? 56 : 44));
        for (int i = 0; i < count; i++)
        {
            ulong header = table + ((ulong)i * (ulong)size);
            if (size < (isWide ? 56 : 32) || header > (ulong)(elf.Length - size))
            {
                return null;
            }

            if (Word((int)header) == InterpreterHeader)
            {
                ulong offset = isWide ? Wide((int)header + 8) : Word((int)header + 4);
                ulong length = isWide ? Wide((int)header + 32) : Word((int)header + 16);
                return length > 1 && offset <= (ulong)elf.Length && length <= (ulong)elf.Length - offset
                    ? Encoding.UTF8.GetString(elf, (int)offset, (int)length).TrimEnd('\0')
                    : null;
            }
        }

        return null;

        ulong Wide(int at) => BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at));

        uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));
    }

    private static string Shown(string path) => TextRules.Show(path);

    private static HcsException Refuse(int hresult, string message) => Refusal.Refused(Function, hresult, message);
}
