using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>
/// Tests that the command reads a completion as the name that the service uses, and that it fits the typed text.
/// </summary>
public sealed class QuotingTests(Session session) : CompletingTests(session)
{
    public static TheoryData<string> Texts =>
    [
        "my shop", "it's", "a‘b", "a“b", "say \"hi\"", "a,b", "a;b", "a|b", "a&b", "$home", "a$(b)", "w`y", "`n", "-force",
        "--", "12d", "1e5", "4kb", "007", "x[1]", "x[", "[x]", "x*", "x?", "#x", "a#b", "@x", "{x}", "(x)", "2>x", "веб-é-店",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_id_that_is_offered_is_read_back(string id)
    {
        using Session own = With(id);
        foreach (string command in new[] { "Get-HcsContainer ", "Get-HcsContainer -Id ", "Get-HcsContainer -Id other, " })
        {
            CompletionResult offer = Assert.Single(Complete(command, own));
            Assert.Equal(id, offer.ListItemText);
            Assert.Equal(id, (string)own.Single("Get-HcsContainer -Id " + offer.CompletionText).Id);
            Assert.Equal(id, (string)own.Single("Get-HcsContainer " + offer.CompletionText).Id);
        }
    }

    /// <summary>Wildcard characters in the text are literal: as a pattern, the text would match the decoy.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void A_name_or_an_owner_that_is_offered_finds_its_container_alone(string text)
    {
        using Session own = With(text);
        own.Get("New-HcsContainer -Name $n -Owner $n", ("n", text.Replace("[1]", "1").Replace('*', 'y').Replace('?', 'y') + "1"));
        foreach (string parameter in new[] { "-Name ", "-Owner " })
        {
            CompletionResult offer = Assert.Single(Complete("Get-HcsContainer " + parameter, own), o => o.ListItemText == text);
            Assert.Equal(text, (string)own.Single($"Get-HcsContainer {parameter} {offer.CompletionText}").Id);
        }

        CompletionResult owner = Assert.Single(Complete("New-HcsContainer x -Owner ", own), o => o.ListItemText == text);
        Assert.Equal(text, (string)own.Single("New-HcsContainer x -Owner " + owner.CompletionText).Owner);
    }

    [Theory]
    [InlineData("web", "'we", "'web'")]
    [InlineData("web", "\"we", "'web'")]
    [InlineData("web", "‘we", "'web'")]
    [InlineData("web", "'web'", "'web'")]
    [InlineData("my shop", "my", "'my shop'")]
    [InlineData("my shop", "'my s", "'my shop'")]
    [InlineData("my shop", "\"my s", "'my shop'")]
    [InlineData("my shop", "my` s", "'my shop'")]
    [InlineData("it's so", "'it''s", "'it''s so'")]
    [InlineData("it's so", "'it''", "'it''s so'")]
    [InlineData("it's so", "\"it's", "'it''s so'")]
    public void A_quote_or_escape_that_was_typed_is_understood(string id, string typed, string completed)
    {
        using Session own = With(id);
        own.Get("New-HcsContainer item");
        foreach (string command in new[] { "Get-HcsContainer ", "Get-HcsContainer -Id " })
        {
            Assert.Equal(completed, Assert.Single(Complete(command + typed, own)).CompletionText);
        }
    }

    private static Session With(string id)
    {
        var session = new Session();
        session.Get("New-HcsContainer -Name $i -Owner $i", ("i", id));
        return session;
    }
}
