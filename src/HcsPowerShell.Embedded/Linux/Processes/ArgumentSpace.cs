using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// Checks the limits of Linux for arguments and variables: for each one, and for all of them together.
/// </summary>
internal static class ArgumentSpace
{
    private const string Function = "HcsCreateProcess";

    // MAX_ARG_STRLEN, with the zero at the end; and the highest total, whatever the stack limit.
    private const int LongestText = 32 * 4096;
    private const long MostOfAll = 6L * 1024 * 1024;
    private const long LeastOfAll = 128 * 1024;
    private const int PointerSize = 8;

    private const string Stack = "Max stack size";

    /// <exception cref="HcsException">
    /// The arguments or variables are too long; the message names the member and the limit, and no value.
    /// </exception>
    public static void Require(ProcessPlan start)
    {
        long all = Length(start.Executable) + (2 * PointerSize);
        for (int i = 0; i < start.Arguments.Count; i++)
        {
            all += Take(start.Arguments[i], $"Argument {i} of CommandArgs or CommandLine");
        }

        foreach (KeyValuePair<string, string> variable in start.Environment)
        {
            all += Take($"{variable.Key}={variable.Value}", $"Environment.{variable.Key}");
        }

        long most = Math.Max(LeastOfAll, Math.Min(MostOfAll, StackSize() / 4));
        if (all > most)
        {
            throw Refusal.InvalidArgument(
                null, Function, $"Arguments and Environment: together {all} bytes; Linux takes {most} here (ulimit -s).");
        }
    }

    private static long Take(string text, string member)
    {
        long length = Length(text);
        return length <= LongestText
            ? length + PointerSize
            : throw Refusal.InvalidArgument(
                null, Function, $"{member} has {length - 1} bytes; Linux takes {LongestText - 1}.");
    }

    private static long Length(string text) => Encoding.UTF8.GetByteCount(text) + 1;

    private static long StackSize() => long.TryParse(
        File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith(Stack, StringComparison.Ordinal))
            .Substring(Stack.Length)
            .Split([' '], StringSplitOptions.RemoveEmptyEntries)[0],
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out long size) ? size : long.MaxValue;
}
