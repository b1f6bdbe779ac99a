using HcsPowerShell.Embedded.Linux.Oci.Programs;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Programs;

/// <summary>Tests that the embedded images are built from the sources beside them.</summary>
public sealed class ImageTests(ProgramImages images) : IClassFixture<ProgramImages>
{
    [Theory]
    [InlineData("keeper", "x64")]
    [InlineData("keeper", "arm64")]
    [InlineData("init", "x64")]
    [InlineData("init", "arm64")]
    public void The_compiler_that_made_an_image_makes_it_again(string program, string processor)
    {
        string here = images.MadeBy(processor);
        string madeBy = ProgramImages.EmbeddedMadeBy(processor);
        Assert.SkipUnless(
            here == madeBy,
            $"The embedded images were made by another compiler: {madeBy.ReplaceLineEndings(" ")}"
                + $"(here: {here.ReplaceLineEndings(" ").Trim()}); what this one makes is tried out instead.");
        Assert.Equal(ProgramFiles.Image(program, processor), images.Built(program, processor));
    }
}
