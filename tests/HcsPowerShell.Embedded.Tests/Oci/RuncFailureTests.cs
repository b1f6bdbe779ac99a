using System;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Tests failures of runc: its words are kept apart from the cause of the failure, and any log is accepted.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class RuncFailureTests
{
    [Theory]
    [InlineData("2", "2")]
    [InlineData("null", "null")]
    [InlineData("[]", "[]")]
    [InlineData("{\"level\":1,\"msg\":\"x\"}", "{\"level\":1,\"msg\":\"x\"}")]
    [InlineData("{\"level\":\"error\",\"msg\":[]}", "{\"level\":\"error\",\"msg\":[]}")]
    [InlineData("{\"level\":\"\\ud800\"}", "{\"level\":\"\\ud800\"}")]
    [InlineData("{\"level\":\"info\",\"msg\":\"x\"}", "runc said nothing.")]
    [InlineData("panic: x\n{\"level\":\"fatal\",\"msg\":\"the end\"}\n", "the end")]
    [InlineData("", "runc said nothing.")]
    public void Whatever_a_log_holds(string log, string words)
    {
        HcsException e = RuncFailure.From("f", log);
        Assert.Equal(words, e.InnerException!.Message);
        Assert.Equal(HResult.Unspecified, e.HResult);
    }

    [Theory]
    [InlineData("permission denied")]
    [InlineData("exec format error")]
    [InlineData("no such file or directory: /var/lib/hcspowershell/x")]
    [InlineData("cannot allocate memory")]
    public void Nothing_is_concluded_from_its_words(string words)
    {
        HcsException e = RuncFailure.From("f", $"{{\"level\":\"error\",\"msg\":\"{words}\"}}");
        Assert.Equal(HResult.Unspecified, e.HResult);
        Assert.DoesNotContain(words, e.ResultDocument, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, HResult.OutOfMemory, "memory")]
    [InlineData(23, HResult.TooManyOpenFiles, "fs.file-max")]
    [InlineData(24, HResult.TooManyOpenFiles, "ulimit -n")]
    [InlineData(11, HResult.NoMoreThreads, "ulimit -u")]
    [InlineData(28, HResult.DiskFull, "disk is full")]
    [InlineData(122, HResult.DiskFull, "quota")]
    public void A_limit_is_named(int errno, int hresult, string name)
    {
        HcsException spawned = SpawnError.From(errno);
        HcsException written = Refusal.OfHost("id", "f", "Member", new KernelException("'x' cannot be made", errno));
        foreach (HcsException e in new[] { spawned, written })
        {
            Assert.Equal(hresult, e.HResult);
            Assert.Contains(name, HcsJson.Read<ResultError>(e.ResultDocument!).ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_the_host_is_named_to_nobody()
    {
        HcsException e = Refusal.OfHost("id", "f", null, new IOException("Could not find '/var/lib/hcspowershell/x'."));
        Assert.DoesNotContain("/var", e.ResultDocument, StringComparison.Ordinal);
        Assert.Contains("/var", e.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_found_when_nobody_told()
    {
        OciMachine.SkipUnlessPossible();
        string folder = Directory.CreateTempSubdirectory("full-").FullName;
        OciTest.Run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder);
        try
        {
            Assert.Equal(HResult.DiskFull, MachineLimit.Reached(folder)!.HResult);
            Assert.Null(MachineLimit.Reached("/"));
        }
        finally
        {
            OciTest.Run("umount", folder);
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task A_runc_that_has_gone_is_named()
    {
        OciMachine.SkipUnlessPossible();
        string folder = Directory.CreateTempSubdirectory("gone-runc-").FullName;
        string runc = Path.Combine(folder, "runc");
        File.Copy(RuncProgram.Find()!, runc);
        OciIsolation isolation = new(runc);
        try
        {
            ISandbox sandbox = await isolation.CreateSandboxAsync("one", new ContainerConfig());
            await sandbox.BeginAsync();
            File.Delete(runc);
            foreach (Func<Task> call in new Func<Task>[]
            {
                () => isolation.CreateSandboxAsync("two", new ContainerConfig()),
                () => sandbox.StartAsync(_ => Unix.UnixTest.Shell("true")),
                sandbox.PauseAsync,
            })
            {
                HcsException e = await Assert.ThrowsAsync<HcsException>(call);
                Assert.Equal(HResult.FileNotFound, e.HResult);
                Assert.Contains(
                    $"runc is not at '{runc}' any more", HcsJson.Read<ResultError>(e.ResultDocument!).ErrorMessage, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Copy(RuncProgram.Find()!, runc, overwrite: true);
            await isolation.CloseAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
