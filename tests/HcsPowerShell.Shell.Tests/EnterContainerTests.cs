using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace HcsPowerShell.Shell.Tests;

/// <summary>Enter-HcsContainer at a real terminal, which the program <c>script</c> makes.</summary>
public sealed class EnterContainerTests(InstalledShell shell)
{
    private const string CtrlC = "\x03";
    private const string CtrlD = "\x04";

    public static TheoryData<string> Examples =>
    [
        .. Regex.Matches(
            File.ReadAllText(Path.Combine(InstalledShell.RepositoryRoot, "docs", "en-US", "Enter-HcsContainer.md")),
            "^```powershell\\n(.*?)\\n```$",
            RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_of_its_help_runs(string code)
    {
        using Terminal terminal = await Open($"$null = New-HcsContainer web -Start\n{code}\n\"$($Error.Count) errors\"");
        terminal.Go();
        await terminal.Type("echo en''tered\r", "entered\r\n");
        await terminal.Type("exit\r", "0 errors\r\n");
    }

    [Fact]
    public async Task The_terminal_is_the_containers_until_the_process_exits_and_then_as_it_was()
    {
        using Terminal terminal = await Open("Enter-HcsContainer c; \"code $LASTEXITCODE\"");
        string before = terminal.Modes();
        terminal.Go();

        await terminal.Type("echo en''tered\r", "entered\r\n");
        Assert.NotEqual(before, terminal.Modes());
        await terminal.Type("stty size\r", "33 99\r\n");
        terminal.Stty("rows", "40", "cols", "120");
        await terminal.Type("until [ \"$(stty size)\" = '40 120' ]; do :; done; echo re''sized\r", "resized\r\n");
        await terminal.Type("exit 7\r", "code 7\r\n");

        Assert.Equal(before, terminal.Modes());
    }

    [Fact]
    public async Task Ctrl_C_and_end_of_file_go_to_the_container()
    {
        using Terminal terminal = await Open("Enter-HcsContainer c -CommandLine sh; \"code $LASTEXITCODE\"");
        terminal.Go();

        // What says so is already in the foreground; between two commands the shell itself would get the signal.
        await terminal.Type("sh -c 'echo rea\"\"dy; exec sleep 1000'\r", "ready\r\n");
        await terminal.Type(CtrlC, "^C");
        await terminal.Type("echo al''ive\r", "alive\r\n");
        await terminal.Type("tr i a; echo en''ded\rline\r", "lane\r\n");
        await terminal.Type(CtrlD, "ended\r\n");
        await terminal.Type("(exit 5)\r" + CtrlD, "code 5\r\n");
    }

    [Fact]
    public async Task The_environment_the_folder_and_the_object_are_the_users()
    {
        using Terminal terminal = await Open(
            "$p = Enter-HcsContainer c 'sh -c \"echo $GREETING from $PWD on $TERM; exit 4\"' -Environment @{ GREETING = 'hello' } -WorkingDirectory /tmp -PassThru; \"exit $($p.ExitCode)\"");
        terminal.Go();
        await terminal.ReadUntil("hello from /tmp on screen\r\n");
        await terminal.ReadUntil("exit 4\r\n");
    }

    [Fact]
    public async Task One_of_another_host_is_entered_there_and_a_bad_one_among_good_ones_is_one_error()
    {
        using Terminal terminal = await Open(
            """
            $null = Connect-HcsHost -Embedded -Isolation Process -Name far
            $far = New-HcsContainer f -Start
            $null = Connect-HcsHost -Embedded
            $far | Enter-HcsContainer -CommandLine 'sh -c "echo far; exit 6"'; "code $LASTEXITCODE"
            Enter-HcsContainer nobody, c 'sh -c "echo near; exit 5"'; "code $LASTEXITCODE"
            """);
        terminal.Go();
        await terminal.ReadUntil("far\r\n");
        await terminal.ReadUntil("code 6\r\n");
        await terminal.ReadUntil("'nobody'");
        await terminal.ReadUntil("near\r\n");
        await terminal.ReadUntil("code 5\r\n");
    }

    [Fact]
    public async Task A_process_that_does_not_start_leaves_the_terminal_alone()
    {
        using Terminal terminal = await Open(
            "Enter-HcsContainer c no-such-program -ErrorVariable failure 2>$null; \"failure $($failure[0].FullyQualifiedErrorId)\"");
        string before = terminal.Modes();
        terminal.Go();
        await terminal.ReadUntil("failure HcsPathNotFound");
        Assert.Equal(before, terminal.Modes());
    }

    [Fact]
    public async Task A_request_to_end_gives_the_terminal_back()
    {
        using Terminal terminal = await Open("Enter-HcsContainer c");
        string before = terminal.Modes();
        terminal.Go();
        await terminal.Type("echo en''tered\r", "entered\r\n");
        Assert.NotEqual(before, terminal.Modes());

        terminal.SignalShell("TERM");
        await terminal.ReadUntil("over 143\r\n");

        Assert.Equal(before, terminal.Modes());
    }

    /// <summary>A terminal of 33 x 99 whose shell is about to run a command: on <see cref="Terminal.Go"/>.</summary>
    private async Task<Terminal> Open(string command)
    {
        const string Script = "/usr/bin/script";
        Assert.SkipUnless(File.Exists(Script), $"There is no {Script} to make a pseudo terminal.");
        string go = Path.Combine(shell.Folder, Path.GetRandomFileName());
        string file = shell.Script(
            Path.GetRandomFileName() + ".ps1",
            $$"""
            $null = New-HcsContainer c -Start
            [Console]::Out.WriteLine("shell $PID.")
            while (-not [IO.File]::Exists('{{go}}')) { [Threading.Thread]::Sleep(10) }
            {{command}}
            """);

        // What is read last keeps the terminal open, so that it can be looked at when the shell has gone.
        string outer = $"stty rows 33 cols 99; echo \"at $(tty).\"; TERM=screen HCS_HOST=embedded '{InstalledShell.ProgramWithModule}' '{file}'; "
            + "echo over $?; read -r line";
        var process = new ShellProcess(Script, ["-qfec", outer, "/dev/null"]);
        await process.ReadUntil("at ");
        string device = (await process.ReadUntil("."))[..^1];
        await process.ReadUntil("shell ");
        string shellId = (await process.ReadUntil("."))[..^1];
        return new Terminal(process, device, int.Parse(shellId, CultureInfo.InvariantCulture), go);
    }

    private sealed class Terminal(ShellProcess process, string device, int shellId, string go) : IDisposable
    {
        public void Go() => File.WriteAllText(go, string.Empty);

        public async Task Type(string keys, string then)
        {
            await process.Input.WriteAsync(keys);
            await process.Input.FlushAsync(TestContext.Current.CancellationToken);
            await process.ReadUntil(then);
        }

        public Task ReadUntil(string text) => process.ReadUntil(text);

        public string Modes() => Run("stty", "-F", device, "-g");

        public void Stty(params string[] arguments) => Run("stty", ["-F", device, .. arguments]);

        public void SignalShell(string signal) =>
            Run("kill", "-" + signal, shellId.ToString(CultureInfo.InvariantCulture));

        public void Dispose() => process.Dispose();

        private static string Run(string program, params string[] arguments)
        {
            using Process run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            string output = run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            Assert.Equal(0, run.ExitCode);
            return output;
        }
    }
}
