using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests that a mapped folder that is a link is sent as the target folder of the link.</summary>
public abstract class LinkTests : MockTests
{
    private const string NotUnderWine = "Wine gives the path of an open folder as it was opened, link or not.";

    private readonly string _root = Directory.CreateTempSubdirectory("hcs-link-").FullName;
    private readonly string _folder;
    private readonly string _link;

    private protected LinkTests(MockLibrary mock)
        : base(mock)
    {
        _folder = Directory.CreateDirectory(Path.Combine(_root, "folder")).FullName;
        _link = Path.Combine(_root, "link");
        try
        {
            Directory.CreateSymbolicLink(_link, _folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("this user may not create links: " + e.Message);
        }
    }

    [Theory(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    [InlineData("""{"MappedDirectories":[{"HostPath":PATH,"ContainerPath":"C:\\x","ReadOnly":true}],"Odd":1.50}""")]
    [InlineData("""{"Container":{"MappedDirectories":[{"HostPath":PATH,"ContainerPath":"C:\\x"}]},"Odd":1.50}""")]
    [InlineData("""{"mappeddirectories":[{"hostpath":PATH},{"hostpath":PATH}]}""")]
    public async Task The_folder_of_a_new_system_is_resolved(string document)
    {
        Assert.Equal(With(document, _folder), await CreatedAsync(With(document, _link)));
        Directory.CreateDirectory(Path.Combine(_folder, "inner"));
        Assert.Equal(
            With(document, Path.Combine(_folder, "inner")), await CreatedAsync(With(document, Path.Combine(_link, "inner"))));
    }

    [Theory(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    [InlineData("""{"ResourceType":"MappedDirectory","RequestType":"Add","Settings":{"HostPath":PATH}}""")]
    [InlineData("""{"ResourcePath":"Container/MappedDirectories","RequestType":"Add","Settings":{"HostPath":PATH}}""")]
    public async Task The_folder_of_a_change_is_resolved(string request)
    {
        IContainer container = await CreateStartedAsync();
        await container.ModifyAsync(With(request, _link), Limit);
        Assert.Equal(With(request, _folder), Mock.LastDocument("HcsModifyComputeSystem"));
        await EndAsync(container);
    }

    [Theory(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    [InlineData("folder")]
    [InlineData("folder/")]
    [InlineData("missing")]
    public async Task A_path_without_a_link_leaves_the_document_as_it_is(string path)
    {
        string document = $$"""{ "MappedDirectories" : [ { "HostPath":{{Quoted(Path.Combine(_root, path))}} } ] }""";
        Assert.Equal(document, await CreatedAsync(document));
    }

    [Fact(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    public async Task A_path_that_is_not_of_this_host_is_left_as_it_is()
    {
        string hosted = With("""{"HostingSystemId":"vm","Container":{"MappedDirectories":[{"HostPath":PATH}]}}""", _link);
        Assert.Equal(hosted, await CreatedAsync(hosted));
        string pipe = With("""{"MappedPipes":[{"HostPath":PATH}]}""", _link);
        Assert.Equal(pipe, await CreatedAsync(pipe));
        const string Relative = """{"MappedDirectories":[{"HostPath":"relative"},{"HostPath":7},{},null]}""";
        Assert.Equal(Relative, await CreatedAsync(Relative));
    }

    protected override void Disposed() => Directory.Delete(_root, recursive: true);

    private static string With(string document, string path) => document.Replace("PATH", Quoted(path), StringComparison.Ordinal);

    private static string Quoted(string path) => JsonValue.Create(path).ToJsonString();

    /// <summary>Returns the document that the library received.</summary>
    private async Task<string> CreatedAsync(string document)
    {
        IContainer container = await Service.CreateContainerAsync(
            NewId(), document, new SchemaVersion { Major = IsFirst ? 1u : 2u }, Limit);
        string sent = Mock.LastDocument("HcsCreateComputeSystem");
        await EndAsync(container);
        return sent;
    }
}

public sealed class ComputeCoreLinkTests() : LinkTests(MockLibrary.ComputeCore);

public sealed class VmComputeLinkTests() : LinkTests(MockLibrary.VmCompute);
