using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Documents;

/// <summary>Tests the short forms: the meaning of each part, and that only ro and rw are options.</summary>
public sealed class ShortFormTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData(@"C:\a:C:\b", @"C:\a", @"C:\b", false)]
    [InlineData(@"C:\a:C:\b:ro", @"C:\a", @"C:\b", true)]
    [InlineData(@"C:\a:C:\b:RW", @"C:\a", @"C:\b", false)]
    [InlineData(@"C:/a:D:", "C:/a", "D:", false)]
    [InlineData(@"C:\a:D::ro", @"C:\a", "D:", true)]
    [InlineData(@"\\server\share:C:\b:Ro", @"\\server\share", @"C:\b", true)]
    [InlineData(@"\\?\C:\a:C:\b", @"\\?\C:\a", @"C:\b", false)]
    [InlineData(@"C:\a:\\?\D:\b:ro", @"C:\a", @"\\?\D:\b", true)]
    [InlineData("/a:/b:ro", "/a", "/b", true)]
    [InlineData("/a:C:/b", "/a", "C:/b", false)]
    [InlineData("/a:xy:/b:ro", "/a:xy", "/b", true)]
    [InlineData("/a:ro:/b", "/a:ro", "/b", false)]
    [InlineData("/a:b", "/a", "b", false)]
    [InlineData("/a:b:c", "/a:b", "c", false)]
    [InlineData("/a:b:ro", "/a", "b", true)]
    [InlineData("/a:/b c,d", "/a", "/b c,d", false)]
    public void A_folder(string text, string host, string container, bool readOnly) =>
        Assert.Contains(
            $"{{\"HostPath\":{Json(host)},\"ContainerPath\":{Json(container)},\"ReadOnly\":{(readOnly ? "true" : "false")}",
            Document("MappedDirectory", text),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(@"C:\a:C:\b:z", "z")]
    [InlineData(@"C:\a:C:\b:Z", "Z")]
    [InlineData(@"C:\a:C:\b:cached", "cached")]
    [InlineData(@"C:\a:C:\b:ro,z", "z")]
    [InlineData(@"C:\a:C:\b:z,ro", "z")]
    [InlineData(@"C:\a:C:\b:ro:z", "z")]
    [InlineData(@"C:\a:C:\b:ro,", "")]
    [InlineData(@"C:\a:C:\b:ro ", "ro ")]
    [InlineData(@"C:\a:D::delegated", "delegated")]
    [InlineData(@"C:\a:cached", "cached")]
    [InlineData("/srv:/www:readonly", "readonly")]
    [InlineData("/srv:/www:nocopy:ro", "nocopy")]
    [InlineData("/srv:www:ro,z", "z")]
    [InlineData("/srv:www:ro:z", "z")]
    [InlineData("/a:b:/c:rprivate", "rprivate")]
    public void An_option_that_means_nothing_is_refused_by_name(string text, string option) =>
        Refused("MappedDirectory", text, $"`{option}` means nothing here; leave it out");

    [Theory]
    [InlineData("/a:/b:ro,rw", "has 2 options")]
    [InlineData("/a:/b:ro:rw", "has 2 options")]
    [InlineData("/a:/b:", "colon with nothing before or after it")]
    [InlineData("/a:/b::ro", "colon with nothing before or after it")]
    [InlineData("/a::/b", "colon with nothing before or after it")]
    [InlineData(@"C:\a:x:C:\b", "`x` means nothing between the paths")]
    [InlineData(@"C:\a:C:\b:C:\c", @"`C:\b` means nothing between the paths")]
    [InlineData("/a:ro", "is not of the form HostPath:ContainerPath[:ro]")]
    [InlineData("/a:/b,ro", "is not of the form HostPath:ContainerPath[:ro]")]
    [InlineData(@"C:\a:C:\b,RW,z", "is not of the form HostPath:ContainerPath[:ro]")]
    [InlineData("/a:rw,z", "is not of the form HostPath:ContainerPath[:ro]")]
    [InlineData(@"C:\a", "is not of the form HostPath:ContainerPath[:ro]")]
    public void What_is_no_folder_is_refused(string text, string said) => Refused("MappedDirectory", text, said);

    [Theory]
    [InlineData(@"\\.\pipe\docker:docker", @"\\.\pipe\docker", "docker")]
    [InlineData(@"\\.\pipe\docker:\\.\pipe\inner", @"\\.\pipe\docker", "inner")]
    [InlineData("/run/x.sock:x", "/run/x.sock", "x")]
    public void A_pipe(string text, string host, string name) =>
        Assert.Contains(
            $"{{\"HostPath\":{Json(host)},\"ContainerPipeName\":{Json(name)}}}",
            Document("MappedPipe", text),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(@"\\.\pipe\a:b:ro", "`ro` means nothing here; leave it out")]
    [InlineData("/run/a.sock:b:rw", "`rw` means nothing here; leave it out")]
    [InlineData("/run/a.sock:b:z", "`z` means nothing here; leave it out")]
    [InlineData("/run/a.sock:", "colon with nothing before or after it")]
    [InlineData("/run/a.sock", "is not of the form HostPath:ContainerPipeName")]
    public void A_pipe_has_no_options(string text, string said) => Refused("MappedPipe", text, said);

    private string Document(string parameter, string text) => Assert.Single(
        Session.Run($"New-HcsContainer web -{parameter} $t -WhatIf -Verbose", ("t", text)).RequireNoErrors().Verbose,
        line => line.StartsWith("Document: ", StringComparison.Ordinal));

    private void Refused(string parameter, string text, string said)
    {
        ScriptResult result = Session.Run($"New-HcsContainer web -{parameter} $t -WhatIf -Verbose", ("t", text));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Verbose);
    }

    private static string Json(string text) => "\"" + text.Replace(@"\", @"\\", StringComparison.Ordinal) + "\"";
}
