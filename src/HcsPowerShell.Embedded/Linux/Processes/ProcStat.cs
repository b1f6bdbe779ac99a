using System;
using System.Buffers.Text;
using System.Text;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The fields of /proc/PID/stat for a process. Times in clock ticks.</summary>
internal sealed class ProcStat
{
    // Fields are counted as proc(5) does: 1 is the process id, 2 the name, 3 the state.
    private const int FirstAfterName = 3;
    private const int LastUsed = 22;
    private const int MemorySize = 23;
    private const int EndOfEnvironment = 51;

    private ProcStat(int processId, string name, char state, ReadOnlySpan<long> fields, ulong? environmentEnd)
    {
        State = state;
        ParentId = (int)fields[4];
        GroupId = (int)fields[5];
        SessionId = (int)fields[6];
        UserTicks = (ulong)fields[14];
        KernelTicks = (ulong)fields[15];
        ChildUserTicks = (ulong)fields[16];
        ChildKernelTicks = (ulong)fields[17];
        Key = new ProcessKey(processId, (ulong)fields[LastUsed]);
        Name = name;
        EnvironmentEnd = environmentEnd;
    }

    public ProcessKey Key { get; }

    /// <summary>Name of the executable, cut to 15 bytes.</summary>
    public string Name { get; }

    public char State { get; }

    public int ParentId { get; }

    public int GroupId { get; }

    public int SessionId { get; }

    public ulong UserTicks { get; }

    public ulong KernelTicks { get; }

    /// <summary>Ticks of the children it waited for.</summary>
    public ulong ChildUserTicks { get; }

    /// <summary>Ticks of the children it waited for.</summary>
    public ulong ChildKernelTicks { get; }

    /// <summary>False when it has exited and its parent has not reaped it yet.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    public bool IsStopped => State is 'T' or 't';

    /// <summary>
    /// Address at which its environment ends; 0 during an exec, when there is none yet, and when it may not be known.
    /// Null for a kernel thread and a zombie, which have no memory.
    /// </summary>
    public ulong? EnvironmentEnd { get; }

    public static ProcStat? Read(ProcReader reader, int processId) =>
        reader.TryRead(processId, "stat", out ReadOnlySpan<byte> content) ? Parse(processId, content) : null;

    /// <returns>Null when the text is not such a line.</returns>
    public static ProcStat? Parse(int processId, ReadOnlySpan<byte> line)
    {
        // The name may hold spaces and parentheses; nothing after it does.
        int nameStart = line.IndexOf((byte)'(') + 1;
        int nameEnd = line.LastIndexOf((byte)')');
        if (nameStart == 0 || nameEnd < nameStart || line.Length < nameEnd + 3)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(line.Slice(nameStart, nameEnd - nameStart).ToArray());
        ReadOnlySpan<byte> rest = line.Slice(nameEnd + 2);
        Span<long> fields = stackalloc long[LastUsed + 1];
        char state = (char)rest[0];
        rest = rest.Slice(1);
        for (int field = FirstAfterName + 1; field <= LastUsed; field++)
        {
            if (rest.Length < 2 || !TryTake(ref rest, out fields[field]))
            {
                return null;
            }
        }

        if (!AreInRange(fields))
        {
            return null;
        }

        ulong? environmentEnd = Field(rest, MemorySize) == 0 ? null : Field(rest, EndOfEnvironment);
        return new ProcStat(processId, name, state, fields, environmentEnd);
    }

    // Reads a field after the parsed ones. Some fields before it are negative, some too large for a long.
    private static ulong Field(ReadOnlySpan<byte> rest, int field)
    {
        for (int next = LastUsed; next < field; next++)
        {
            int space = rest.IndexOf((byte)' ');
            rest = space < 0 ? default : rest.Slice(space + 1);
        }

        return Utf8Parser.TryParse(rest, out ulong value, out _) ? value : 0;
    }

    // Ids first, then times.
    private static bool AreInRange(ReadOnlySpan<long> fields) =>
        fields[4] is >= int.MinValue and <= int.MaxValue
        && fields[5] is >= int.MinValue and <= int.MaxValue
        && fields[6] is >= int.MinValue and <= int.MaxValue
        && (fields[14] | fields[15] | fields[16] | fields[17] | fields[LastUsed]) >= 0;

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out long value)
    {
        rest = rest.Slice(1);
        bool parsed = Utf8Parser.TryParse(rest, out value, out int consumed);
        rest = rest.Slice(consumed);
        return parsed;
    }
}
