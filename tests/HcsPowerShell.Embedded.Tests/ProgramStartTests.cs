using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Tests.Oci;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>
/// Tests that the start of a program that cannot be executed is refused with the same code and words in every
/// isolation.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ProgramStartTests : OciTest
{
    public static TheoryData<EmbeddedIsolation, string, int, string> Refused => new OfBoth(
    [
        ("printf '#!/bin/sh\\r\\necho hi\\r\\n' > P", HResult.FileNotFound, "The interpreter '/bin/sh\\u000d' that 'P' names was not found."),
        ("printf '#!  /no/such -x\\n' > P", HResult.FileNotFound, "The interpreter '/no/such' that 'P' names was not found."),
        ("printf '#!no/such' > P", HResult.FileNotFound, "The interpreter 'no/such' that 'P' names was not found."),
        ("printf '#!\\n' > P", HResult.BadExeFormat, "'P' names no interpreter."),
        ("printf '#!P\\n' > P", HResult.BadExeFormat, "'P' names no interpreter."),
        ("echo text > P", HResult.BadExeFormat, "'P' is no program for this kind of machine, and no script."),
        (": > P", HResult.BadExeFormat, "'P' is no program for this kind of machine, and no script."),
        ("head -c 40 /bin/true > P", HResult.BadExeFormat, "'P' is no program for this kind of machine, and no script."),
        ("cp /bin/true P; printf '\\024' | dd of=P bs=1 seek=18 conv=notrunc 2>/dev/null", HResult.BadExeFormat, "'P' is no program for this kind of machine, and no script."),
        ("sed 's,/ld-linux,/xx-linux,' /bin/true > P", HResult.FileNotFound, "xx-linux"),
        ("cp /bin/true P; chmod 644 P; exit", HResult.AccessDenied, "'P' must be a file, and executable."),
    ]);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_program_that_the_kernel_would_not_run(EmbeddedIsolation isolation, string make, int hresult, string message)
    {
        EmbeddedComputeService host = isolation == EmbeddedIsolation.Oci ? Host : new EmbeddedComputeService(isolation);
        try
        {
            IContainer container = await host.CreateContainerAsync("program", "{}", new SchemaVersion { Major = 1 }, Token);
            await container.StartAsync(Token);
            string program = $"/var/tmp/program-{Guid.NewGuid():N}";
            await ShellAsync(container, $"make() {{ {make.Replace("P", program, StringComparison.Ordinal)}; chmod 755 {program}; }}; make");
            string told = await RefusedAsync(() => BeginAsync(container, program), hresult);
            await ShellAsync(container, $"rm -f {program}");
            Assert.Contains(message.Replace("P", program, StringComparison.Ordinal), told, StringComparison.Ordinal);
        }
        finally
        {
            if (host != Host)
            {
                host.Close();
            }
        }
    }

    [Theory]
    [InlineData(EmbeddedIsolation.Process)]
    [InlineData(EmbeddedIsolation.Oci)]
    public async Task Arguments_that_are_too_long(EmbeddedIsolation isolation)
    {
        EmbeddedComputeService host = isolation == EmbeddedIsolation.Oci ? Host : new EmbeddedComputeService(isolation);
        try
        {
            IContainer container = await host.CreateContainerAsync("program", "{}", new SchemaVersion { Major = 1 }, Token);
            await container.StartAsync(Token);
            Assert.Equal(0u, (await RunAsync(container, new ProcessConfig { CommandArgs = ["true", new string('x', 131_071)] })).ExitCode);
            Assert.Equal(
                "Argument 1 of CommandArgs or CommandLine has 131072 bytes; Linux takes 131071.",
                await RefusedAsync(() => BeginAsync(container, "true", new string('x', 131_072)), HResult.InvalidArgument));
            ProcessConfig variable = new() { CommandLine = "true", Environment = new() { ["LONG"] = new string('x', 131_072) } };
            Assert.Equal(
                "Environment.LONG has 131077 bytes; Linux takes 131071.",
                await RefusedAsync(() => BeginAsync(container, variable), HResult.InvalidArgument));
            string[] many = ["true", .. System.Linq.Enumerable.Repeat(new string('x', 100_000), 70)];
            Assert.StartsWith(
                "Arguments and Environment: together 7",
                await RefusedAsync(() => BeginAsync(container, many), HResult.InvalidArgument),
                StringComparison.Ordinal);
        }
        finally
        {
            if (host != Host)
            {
                host.Close();
            }
        }
    }

    [Fact]
    public async Task A_program_or_folder_that_its_user_may_not_enter()
    {
        IContainer container = await StartAsync();
        await OutputAsync(container, "cp /bin/true /tmp/own; chmod 744 /tmp/own; mkdir -m 700 /tmp/closed");
        Assert.Equal(
            "User 77 may not execute or enter '/tmp/own' of the container.",
            await RefusedAsync(
                () => BeginAsync(container, new ProcessConfig { CommandLine = "/tmp/own", User = "77" }), HResult.AccessDenied));
        ProcessConfig folder = new() { CommandLine = "true", User = "77", WorkingDirectory = "/tmp/closed" };
        Assert.Equal(
            "User 77 may not execute or enter '/tmp/closed' of the container.",
            await RefusedAsync(() => BeginAsync(container, folder), HResult.AccessDenied));
        Assert.Equal(0u, (await RunAsync(container, new ProcessConfig { CommandLine = "/tmp/own" })).ExitCode);
    }

    private sealed class OfBoth : TheoryData<EmbeddedIsolation, string, int, string>
    {
        public OfBoth((string Make, int HResult, string Message)[] rows)
        {
            foreach ((string make, int hresult, string message) in rows)
            {
                Add(EmbeddedIsolation.Process, make, hresult, message);
                Add(EmbeddedIsolation.Oci, make, hresult, message);
            }
        }
    }
}
