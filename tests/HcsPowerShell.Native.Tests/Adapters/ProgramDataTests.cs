using System;
using System.IO;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

public sealed class ProgramDataTests : IDisposable
{
    private const string Variable = "ProgramData";

    private readonly MockSession _session = new();

    public static bool IsWindows => OperatingSystem.IsWindows();

    [Fact]
    public void It_is_the_folder_that_the_system_knows_whatever_the_caller_says()
    {
        string folder = ProgramData.Path;
        Assert.True(Directory.Exists(folder), folder);
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, Path.GetTempPath());
        try
        {
            Assert.Equal(folder, ProgramData.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    // By an attribute: what a test skips by itself it throws, and that is what Wine bears badly.
    [Fact(Skip = "The function of Windows itself cannot be made to fail.", SkipWhen = nameof(IsWindows))]
    public void A_refusal_names_the_call()
    {
        MockLibrary.VmCompute.SetFault("SHGetKnownFolderPath", MockFault.Call, HResult.AccessDenied);
        HcsException refusal = Assert.Throws<HcsException>(() => ProgramData.Path);
        Assert.Equal(("SHGetKnownFolderPath", HResult.AccessDenied), (refusal.Function, refusal.HResult));
    }

    public void Dispose() => _session.Dispose();
}
