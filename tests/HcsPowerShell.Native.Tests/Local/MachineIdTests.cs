using System;
using System.IO;
using HcsPowerShell.Interop.Local;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

public sealed class MachineIdTests
{
    [Fact]
    public void It_is_the_id_of_this_machine_whoever_asks()
    {
        const string Path = "/etc/machine-id";
        Assert.SkipUnless(File.Exists(Path), "This machine has no id in /etc.");
        Assert.Equal(Guid.Parse(File.ReadAllText(Path).Trim()), MachineId.Read());
    }
}
