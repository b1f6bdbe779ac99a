using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests folders and pipes that are added to a running container and removed from it.</summary>
public sealed class LiveMountTests : OciTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_comes_and_goes(bool isReadOnly)
    {
        string folder = NewFolder("open, folder");
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "from outside", Token);
        IContainer container = await StartSchema2Async();
        await FolderAsync(container, "Add", folder, @"C:\new\place", isReadOnly);
        Assert.Equal("from outside", await OutputAsync(container, "cat /new/place/file"));
        Assert.Equal(
            isReadOnly ? "no" : "yes",
            await OutputAsync(container, "echo inside 2>/dev/null > /new/place/written && echo yes || echo no"));
        Assert.Equal(!isReadOnly, File.Exists(Path.Combine(folder, "written")));
        await FolderAsync(container, "Remove", folder, "/new/place");
        Assert.Equal("", await OutputAsync(container, "ls /new/place; grep /new/place /proc/self/mountinfo"));
        Assert.True(File.Exists(Path.Combine(folder, "file")));

        // The folder is added once more, and is removed with the container.
        await FolderAsync(container, "Add", folder, "/new/place", isReadOnly);
        Assert.Equal("from outside", await OutputAsync(container, "cat /new/place/file"));
        await container.TerminateAsync(Patient);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_of_the_start_goes()
    {
        string folder = NewFolder("folder");
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "x", Token);
        IContainer container = await StartSchema2Async(
            $$"""{"MappedDirectories":[{"HostPath":{{Json(folder)}},"ContainerPath":"/in"}]}""");
        Assert.Equal("file", await OutputAsync(container, "ls /in"));
        await FolderAsync(container, "Remove", folder, "/in");
        Assert.Equal("", await OutputAsync(container, "ls /in"));
    }

    [Fact]
    public async Task A_link_of_the_containers_leads_a_mount_no_further_than_its_own_files()
    {
        string folder = NewFolder("folder");
        string target = NewFolder("target");
        IContainer container = await StartSchema2Async();
        await OutputAsync(container, $"mkdir -p '{target}'; ln -s '{target}' /link; ln -s ../../../../.. /up");
        await FolderAsync(container, "Add", folder, "/link", isReadOnly: false);
        await FolderAsync(container, "Add", folder, "/up/above", isReadOnly: false);
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "x", Token);
        Assert.Equal("file file", await OutputAsync(container, $"echo $(ls '{target}' /above/ | grep file)"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(target));
        Assert.False(Directory.Exists("/above"));

        // The link now leads elsewhere, but the mount itself is still removed.
        await OutputAsync(container, "rm /link; ln -s /proc/sys /link");
        await FolderAsync(container, "Remove", folder, "/link");
        Assert.Equal("no", await OutputAsync(
            container, $"ls '{target}'; echo x 2>/dev/null > /proc/sys/kernel/domainname && echo yes || echo no"));
    }

    [Fact]
    public async Task What_cannot_be_mounted_on_is_refused_by_name_and_leaves_all_as_it_was()
    {
        string folder = NewFolder("folder");
        IContainer container = await StartSchema2Async();
        string message = await RefusedAsync(
            () => FolderAsync(container, "Add", folder, "/etc/passwd/x"), HResult.InvalidArgument);
        Assert.StartsWith("Container/MappedDirectories:", message, StringComparison.Ordinal);
        await RefusedAsync(() => FolderAsync(container, "Remove", folder, "/etc/passwd/x"), HResult.ElementNotFound);
        Assert.DoesNotContain(File.ReadLines("/proc/self/mountinfo"), line => line.Contains(Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipe_comes_and_goes()
    {
        string fifo = Path.Combine(Folder, "fifo");
        Run("mkfifo", fifo);
        IContainer container = await StartSchema2Async();
        string pipe = $$"""{"HostPath":{{Json(fifo)}},"ContainerPipeName":"/run/pipes/fifo"}""";
        await ChangeAsync(container, "MappedPipes", "Add", pipe);
        IProcess writer = await BeginAsync(container, "sh", "-c", "echo through > /run/pipes/fifo");
        Assert.Equal("through\n", await File.ReadAllTextAsync(fifo, Token).Within());
        writer.Close();
        await ChangeAsync(container, "MappedPipes", "Remove", pipe);
        Assert.Equal("gone", await OutputAsync(container, "[ -p /run/pipes/fifo ] || echo gone"));
        Assert.True(File.Exists(fifo));
        string message = await RefusedAsync(
            () => ChangeAsync(container, "MappedPipes", "Add", """{"HostPath":"/no/pipe","ContainerPipeName":"x"}"""),
            HResult.PathNotFound);
        Assert.StartsWith("Settings.HostPath:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_come_and_go_while_processes_start()
    {
        string folder = NewFolder("folder");
        IContainer container = await StartSchema2Async();
        Task mounts = Task.Run(
            async () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    await FolderAsync(container, "Add", folder, $"/in/{i}");
                    await FolderAsync(container, "Remove", folder, $"/in/{i}");
                }
            },
            Token);
        string[] outputs = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => Task.Run(() => OutputAsync(container, $"pwd; echo {i}"), Token)));
        await mounts.Within();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"/\n{i}"), outputs);

        // No thread of this process stays inside; a thread that ends is listed a moment longer.
        string? own = new FileInfo("/proc/self/ns/mnt").LinkTarget;
        await Eventually(
            () => Directory.GetDirectories("/proc/self/task")
                .Select(task => new FileInfo(Path.Combine(task, "ns", "mnt")).LinkTarget)
                .All(name => name is null || name == own),
            "all threads are outside");
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static Task FolderAsync(
        IContainer container, string type, string folder, string path, bool isReadOnly = false) => ChangeAsync(
            container,
            "MappedDirectories",
            type,
            $$"""{"HostPath":{{Json(folder)}},"ContainerPath":{{Json(path)}},"ReadOnly":{{(isReadOnly ? "true" : "false")}}}""");

    private static Task ChangeAsync(IContainer container, string resource, string type, string settings) =>
        container.ModifyAsync(
            $$"""{"ResourcePath":"Container/{{resource}}","RequestType":"{{type}}","Settings":{{settings}}}""", Token);

    private async Task<IContainer> StartSchema2Async(string document = "{}")
    {
        IContainer container = await Host.CreateContainerAsync(
            "oci-" + Guid.NewGuid().ToString("N"),
            $$"""{"SchemaVersion":{"Major":2,"Minor":1},"Container":{{document}}}""",
            new SchemaVersion { Major = 2, Minor = 1 },
            Token);
        await container.StartAsync(Patient);
        return container;
    }
}
