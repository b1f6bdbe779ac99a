using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests;

/// <summary>Tests that all tests carry the secret, and that it is found where it must not be.</summary>
public sealed class PlantedSecretTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("Invoke-HcsProcess $c -CommandArg sh, -c, 'echo $HCS_TEST_SECRET'")]
    [InlineData("Start-HcsProcess $c -CommandArg sh, -c, 'echo $HCS_TEST_SECRET' -CreateStdOutPipe | Receive-HcsProcessOutput -Wait")]
    public void A_process_of_a_test_has_it(string command) =>
        Assert.Equal(PlantedSecret.Text, Session.Single(command, ("c", (object)Session.NewRunning())));

    [Theory]
    [InlineData("Write-Warning")]
    [InlineData("Write-Error")]
    [InlineData("Write-Information")]
    [InlineData("Write-Verbose -Verbose")]
    [InlineData("Write-Debug -Debug")]
    [InlineData("Write-Progress")]
    public void A_stream_that_tells_it_fails_the_test(string command) =>
        Assert.Throws<DoesNotContainException>(() => Session.Run($"{command} $s", ("s", PlantedSecret.Text)));

    [Fact]
    public void A_file_that_holds_it_is_found()
    {
        string name = "hcs-" + Guid.NewGuid().ToString("N");
        string[] paths =
        [
            .. (Environment.IsPrivilegedProcess ? PlantedSecret.Folders.Where(Directory.Exists) : [Path.GetTempPath()])
                .Select(folder => Path.Combine(folder, name)),
        ];
        try
        {
            Array.ForEach(paths, path => File.WriteAllText(path, "before " + PlantedSecret.Text));
            Assert.Empty(paths.Except(PlantedSecret.Files()));
        }
        finally
        {
            Array.ForEach(paths, File.Delete);
        }
    }
}
