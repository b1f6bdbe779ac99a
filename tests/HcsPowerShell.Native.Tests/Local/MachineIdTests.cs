using System;
using System.IO;
using System.Runtime.Versioning;
using HcsPowerShell.Interop.Local;
using Microsoft.Win32;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

public sealed class MachineIdTests
{
    private const string MachineIdFile = "/etc/machine-id";

    [Fact]
    public void It_is_the_id_of_this_machine_whoever_asks()
    {
        string? id = OperatingSystem.IsWindows() ? FromRegistry() : FromFile();
        Assert.SkipWhen(id is null, "This machine has no id.");
        Assert.Equal(Guid.Parse(id), MachineId.Read());
    }

    [SupportedOSPlatform("windows")]
    private static string? FromRegistry() =>
        (string?)Registry.GetValue(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography", "MachineGuid", null);

    private static string? FromFile() => File.Exists(MachineIdFile) ? File.ReadAllText(MachineIdFile).Trim() : null;
}
