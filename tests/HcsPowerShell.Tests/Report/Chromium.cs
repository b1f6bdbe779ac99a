using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Report;

/// <summary>A browser without a window, if one is installed.</summary>
internal static class Chromium
{
    private static readonly string[] s_names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome.exe", "msedge.exe"];

    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>
    /// Renders a page in a window of this width, runs its scripts, and returns the resulting document.
    /// </summary>
    public static async Task<string> Render(string page, int width, string profile, CancellationToken stop)
    {
        Assert.SkipUnless(s_path is not null, $"Needs Chromium on the PATH: {string.Join(", ", s_names)}");
        var start = new ProcessStartInfo(s_path!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + profile,
                "--window-size=" + width.ToString(CultureInfo.InvariantCulture) + ",900",
                "--dump-dom",
                new Uri(page).AbsoluteUri,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        using StreamReader outputReader = process.StandardOutput;
        using StreamReader errorReader = process.StandardError;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(Waits.Limit);
        try
        {
            Task<string> error = errorReader.ReadToEndAsync(over.Token);
            string document = await outputReader.ReadToEndAsync(over.Token);
            await process.WaitForExitAsync(over.Token);
            return process.ExitCode == 0 ? document : throw new InvalidOperationException(await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw new TimeoutException($"Not within {Waits.Limit}: {page} in {s_path}");
        }
    }
}
