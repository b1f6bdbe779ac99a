using System;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Tests that files read from a container are checked for type and size, whatever the container puts there.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ContainerFileTests : OciTest
{
    [Theory]
    [InlineData("mkfifo /etc/passwd")]
    [InlineData("mkfifo /etc/passwd; exec 3<>/etc/passwd; sleep 1000 &")]
    [InlineData("mkdir /etc/passwd")]
    [InlineData("ln -s /dev/zero /etc/passwd")]
    [InlineData("ln -s /proc/kmsg /etc/passwd")]
    [InlineData("ln -s /proc/self/fd/0 /etc/passwd")]
    [InlineData("echo app:x:1:1::/: > /etc/passwd; mkfifo /etc/group")]
    [InlineData("echo app:x:1:1::/: > /etc/passwd; ln -s ../../dev/zero /etc/group")]
    [InlineData("ln -s /dev/tty /etc/passwd")]
    [InlineData("dd if=/dev/zero of=/etc/passwd bs=1M count=2 2>/dev/null")]
    public async Task A_list_of_users_that_is_none_is_refused_by_name(string trick)
    {
        IContainer container = await StartAsync(new ContainerConfig
        {
            Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "mkfifo", "mkdir", "ln", "dd", "sleep", "id") }],
        });
        await OutputAsync(container, "mkdir -p /etc");
        (await BeginAsync(container, "sh", "-c", trick)).Close();
        await Task.Delay(200, Token);
        foreach (string? user in new[] { "app", "77", null })
        {
            string message = await RefusedAsync(
                () => BeginAsync(container, new ProcessConfig { CommandLine = "id", User = user }).Within(),
                HResult.InvalidArgument);
            Assert.Contains("'/etc/", message, StringComparison.Ordinal);
        }

        await container.TerminateAsync(Patient);
        await container.Exited.Within();
    }

    [Theory]
    [InlineData("mkfifo /program; chmod 755 /program")]
    [InlineData("ln -s /dev/zero /program")]
    public async Task What_is_no_file_is_no_program(string trick)
    {
        IContainer container = await StartAsync(new ContainerConfig
        {
            Layers = [new Layer { Path = BusyboxLayer("layer", "sh", "mkfifo", "ln", "chmod") }],
        });
        await OutputAsync(container, trick);
        HcsException e = await Assert.ThrowsAsync<HcsException>(
            () => BeginAsync(container, new ProcessConfig { CommandArgs = ["/program"] }).Within());
        Assert.Equal(HResult.AccessDenied, e.HResult);
    }
}
