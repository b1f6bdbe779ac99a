using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>Reads the output of a process without the module.</summary>
internal static class BarePipe
{
    /// <summary>Starts the process, reads its output to the end, and discards it.</summary>
    public static void Read(string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
        })!;
        Stream pipe = process.StandardOutput.BaseStream;
        byte[] buffer = new byte[64 * 1024];
        while (pipe.Read(buffer, 0, buffer.Length) > 0)
        {
        }

        process.WaitForExit();
    }
}
