using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Nodes;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Rules;

/// <summary>
/// Tests that no text of a sent document accepts a control character, except those listed here. Reflection finds the
/// members, so a new member is covered at once.
/// </summary>
public sealed class TextRulesTests
{
    private const string Controls = "\0\t\n\r\u001b\u007f\u0085\u009f";

    private static readonly Type[] s_sent =
    [
        typeof(ContainerConfig),
        typeof(ComputeSystem),
        typeof(ProcessConfig),
        typeof(ProcessParameters),
        typeof(ResourceModificationRequestResponse),
        typeof(ModifySettingRequest),
        typeof(Layer),
        typeof(MappedDir),
        typeof(MappedPipe),
        typeof(MappedVirtualDisk),
        typeof(HvRuntime),
        typeof(Container),
        typeof(HostedSystem),
    ];

    /// <summary>The control characters that a member accepts, for the members that accept any.</summary>
    private static readonly Dictionary<(Type, string), string> s_taken = new()
    {
        [(typeof(ContainerConfig), "Credentials")] = "\t\n\r",
        [(typeof(ProcessConfig), "CommandLine")] = Controls[1..],
        [(typeof(ProcessConfig), "CommandArgs")] = Controls[1..],
        [(typeof(ProcessConfig), "Environment")] = Controls[1..],
        [(typeof(ProcessParameters), "CommandLine")] = Controls[1..],
        [(typeof(ProcessParameters), "CommandArgs")] = Controls[1..],
        [(typeof(ProcessParameters), "Environment")] = Controls[1..],
    };

    public static TheoryData<string> Sent => [.. s_sent.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Sent))]
    public void Every_text_is_found_by_its_path_and_no_other(string name)
    {
        Type root = s_sent.Single(type => type.Name == name);
        Member[] members = [.. Texts(root)];
        Assert.NotEmpty(members);
        foreach (Member member in members)
        {
            string taken = s_taken.GetValueOrDefault((member.Owner, member.Name), string.Empty);
            foreach (char control in Controls)
            {
                string[] found = [.. Problems(member.Set($"a{control}b"), root).Select(p => p.Path)];
                Assert.Equal(taken.Contains(control, StringComparison.Ordinal) ? [] : [member.Path], found);
            }

            Assert.Empty(Problems(member.Set("a b\u00e9\u2028"), root));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain \u00e9\u2028\ud83d\ude00", "plain \u00e9\u2028\ud83d\ude00")]
    [InlineData("\u001b[2J", @"\u001b[2J")]
    [InlineData("a\r\nb\u009f", @"a\u000d\u000ab\u009f")]
    [InlineData("a\u202etxt.exe\u2066", @"a\u202etxt.exe\u2066")]
    [InlineData("\u2029\u202a\u202f\u2065\u2069\u206a", "\u2029\\u202a\u202f\u2065\\u2069\u206a")]
    public void What_could_order_a_terminal_is_shown_by_its_number(string text, string shown) =>
        Assert.Equal(shown, TextRules.Show(text));

    [Fact]
    public void The_settings_of_a_change_are_looked_into()
    {
        Assert.Equal(["Settings"], Found<ResourceModificationRequestResponse>("""{"Settings":"e\n1"}"""));
        Assert.Equal(
            ["Settings.HostPath"], Found<ResourceModificationRequestResponse>("""{"Settings":{"HostPath":"/\u001b","ReadOnly":true}}"""));
        Assert.Equal(["Settings.A[1].B"], Found<ModifySettingRequest>("""{"ResourcePath":"x","Settings":{"A":[1,{"B":"\t"}]}}"""));
        Assert.Empty(Found<ModifySettingRequest>("""{"ResourcePath":"x","Settings":{"A":[null,"b",1.5,false]}}"""));
    }

    [Fact]
    public void A_name_of_a_variable_with_a_line_end_is_no_name() => Assert.Contains(
        ConfigurationCheck.Check("""{"CommandLine":"x","Environment":{"A\nB":"1"}}""", typeof(ProcessConfig)),
        problem => problem.Path == "Environment" && problem.Message.Contains(@"'A\u000aB'", StringComparison.Ordinal));

    [Fact]
    public void The_text_itself_is_not_told()
    {
        DocumentProblem problem = Assert.Single(
            ConfigurationCheck.Check("""{"CommandLine":"x","Environment":{"KEY":"S3CRET\u0000"}}""", typeof(ProcessConfig)));
        Assert.Equal("Environment.KEY", problem.Path);
        Assert.Equal("Character 7 is NUL (U+0000), a control character that has no place here.", problem.Message);
    }

    [Theory]
    [InlineData(typeof(ResultError), """{"ErrorMessage":"two\nlines"}""")]
    [InlineData(typeof(ContainerProperties), """{"Name":"a\tb"}""")]
    public void An_answer_of_the_service_holds_any_text(Type answer, string json) =>
        Assert.Empty(ConfigurationCheck.Check(json, answer));

    private static IEnumerable<string> Found<T>(string json) => Problems(json, typeof(T)).Select(p => p.Path);

    private static IEnumerable<DocumentProblem> Problems(string json, Type root) =>
        ConfigurationCheck.Check(json, root).Where(p => p.Message.Contains("control character", StringComparison.Ordinal));

    private static IEnumerable<Member> Texts(Type document) => document
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => Texts(document, property));

    private static IEnumerable<Member> Texts(Type document, PropertyInfo property)
    {
        string name = property.Name;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string))
        {
            return [new Member(document, name, name, value => new() { [name] = value })];
        }

        if (type == typeof(string[]))
        {
            return [new Member(document, name, name + "[1]", value => new() { [name] = new JsonArray("x", value) })];
        }

        if (type == typeof(Dictionary<string, string>))
        {
            return [new Member(document, name, name + ".KEY", value => new() { [name] = new JsonObject { ["KEY"] = value } })];
        }

        if (typeof(HcsDocument).IsAssignableFrom(type))
        {
            return Texts(type).Select(inner => inner.In(name, name, node => node));
        }

        if (type.IsArray && typeof(HcsDocument).IsAssignableFrom(type.GetElementType()))
        {
            return Texts(type.GetElementType()!).Select(inner => inner.In(name, name + "[0]", node => new JsonArray(node)));
        }

        Assert.True(
            type.IsPrimitive || type == typeof(RawJson) || (type.IsArray && type.GetElementType()!.IsPrimitive),
            $"{document.Name}.{name} is of a type that this test does not know.");
        return [];
    }

    private sealed record Member(Type Owner, string Name, string Path, Func<string, JsonObject> Make)
    {
        public string Set(string text) => Make(text).ToJsonString();

        public Member In(string name, string path, Func<JsonNode, JsonNode> wrap) => this with
        {
            Path = $"{path}.{Path}",
            Make = text => new JsonObject { [name] = wrap(Make(text)) },
        };
    }
}
