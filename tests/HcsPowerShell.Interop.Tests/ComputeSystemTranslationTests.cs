using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

public sealed class ComputeSystemTranslationTests
{
    [Fact]
    public void What_schema_2_can_say_comes_back_and_is_where_the_table_says()
    {
        var config = new ContainerConfig
        {
            SystemType = "Container",
            Owner = "me",
            VolumePath = @"\\?\Volume{1}",
            Layers = [new Layer { ID = "l", Path = @"C:\l" }],
            ProcessorMaximum = 500,
            StorageIOPSMaximum = 3,
            StorageBandwidthMaximum = 4,
            MemoryMaximumInMB = 512,
            HostName = "h",
            MappedDirectories = [new MappedDir { HostPath = @"C:\a", ContainerPath = @"C:\b", ReadOnly = true }],
            MappedPipes = [new MappedPipe { HostPath = @"\\.\pipe\a", ContainerPipeName = "b" }],
            NetworkSharedContainerName = "n",
            AllowUnqualifiedDNSQuery = true,
            DNSSearchList = "a,b",
            TerminateOnLastHandleClosed = true,
        };
        ComputeSystem system = ContainerTranslation.ToComputeSystem(config, new SchemaVersion { Major = 2, Minor = 1 });

        Assert.Equal(HcsJson.Write(config), HcsJson.Write(ComputeSystemTranslation.ToContainerConfig(system)));
        Assert.Equal(
            SystemMembers.Of(DocumentMembers.Set(config)).Order(),
            DocumentMembers.SetPaths(system).Where(path => path.StartsWith("Container.", System.StringComparison.Ordinal)).Order());
    }
}
