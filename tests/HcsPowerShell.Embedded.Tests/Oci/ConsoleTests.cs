using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

public sealed class ConsoleTests : OciTest
{
    [Fact]
    public async Task A_console_is_a_terminal_of_the_containers_own_and_resizes()
    {
        IContainer container = await StartAsync();

        // A signal would interrupt the wait for a line, so the script waits for no line when the signal comes.
        IProcess process = await ConsoleAsync(
            container,
            "trap 'stty size; resized=1' WINCH; tty; stty size; echo $TERM; read -r line; echo \"got $line\"; "
            + "until [ \"$resized\" ]; do sleep 0.05; done; read -r line || exit 5");
        ProcessStdio stdio = await process.GetStdioAsync(Patient);
        Assert.Null(stdio.StandardError);
        Screen screen = new(stdio.StandardOutput!);
        await screen.UntilAsync("xterm");
        Assert.Contains("/dev/pts/0\r\n25 81\r\nxterm", screen.Text, StringComparison.Ordinal);
        await stdio.StandardInput!.WriteAsync("typed\n"u8.ToArray(), Token);
        await screen.UntilAsync("got typed");
        await process.ResizeConsoleAsync(120, 40, Patient);
        await screen.UntilAsync("40 120");
        await process.CloseStdinAsync(Patient);
        Assert.Equal(5u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    [Fact]
    public async Task A_key_interrupts_what_runs_in_the_foreground()
    {
        IContainer container = await StartAsync();
        IProcess process = await ConsoleAsync(container, "trap 'echo interrupted; exit 3' INT; echo ready; while :; do sleep 0.05; done");
        ProcessStdio stdio = await process.GetStdioAsync(Patient);
        Screen screen = new(stdio.StandardOutput!);
        await screen.UntilAsync("ready");
        await stdio.StandardInput!.WriteAsync(new byte[] { 3 }, Token);
        await screen.UntilAsync("interrupted");
        Assert.Equal(3u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    [Fact]
    public async Task A_process_in_a_console_goes_with_its_container()
    {
        IContainer container = await StartAsync();
        IProcess process = await ConsoleAsync(container, "trap '' HUP; echo ready; exec sleep 1000");
        await new Screen((await process.GetStdioAsync(Patient)).StandardOutput!).UntilAsync("ready");
        await container.TerminateAsync(Patient);
        Assert.Equal(137u, (await process.Exited.Within()).ExitCode);
        process.Close();
    }

    private static Task<IProcess> ConsoleAsync(IContainer container, string script) => BeginAsync(
        container,
        new ProcessConfig
        {
            CommandArgs = ["/bin/sh", "-c", script],
            EmulateConsole = true,
            ConsoleSize = [25, 81],
            CreateStdInPipe = true,
            CreateStdOutPipe = true,
        });

    private sealed class Screen(Stream output)
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public async Task UntilAsync(string text)
        {
            byte[] buffer = new byte[4096];
            while (!Text.Contains(text, StringComparison.Ordinal))
            {
                int read = await output.ReadAsync(buffer, Token).AsTask().Within();
                Assert.True(read > 0, $"No '{text}' in: {Text}");
                _text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
    }
}
