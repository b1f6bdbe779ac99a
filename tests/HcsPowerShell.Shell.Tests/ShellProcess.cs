using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

/// <summary>A running program with its three streams redirected. What takes longer than a minute has failed.</summary>
public sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _error;

    public ShellProcess(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Reads standard output up to and including a text, or fails.</summary>
    public async Task<string> ReadUntil(string text)
    {
        var read = new System.Text.StringBuilder();
        var character = new char[1];
        while (!read.ToString().EndsWith(text, StringComparison.Ordinal))
        {
            int count = await _process.StandardOutput.ReadAsync(character.AsMemory(), TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(s_limit, TestContext.Current.CancellationToken);
            Assert.True(count == 1, $"The output ended without '{text}': {read}");
            read.Append(character);
        }

        return read.ToString();
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the end and returns what was not read before.</summary>
    public ShellResult WaitForExit()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        Assert.True(_process.WaitForExit(s_limit), "The process did not end.");
        return new ShellResult(_process.ExitCode, Text(output), Text(_error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Text(Task<string> read)
    {
        Assert.True(read.Wait(s_limit), "A stream did not end.");
        return read.Result.ReplaceLineEndings("\n");
    }
}
