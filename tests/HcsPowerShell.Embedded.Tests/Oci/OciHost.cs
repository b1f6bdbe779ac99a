using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Tests.Unix;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// The test executable as a process that the test kills. It fills a folder with a container of every kind and state,
/// prints the name of its host and the id of its guardian, and goes on creating containers until it dies. If an
/// interface has the name of the folder, it becomes the endpoint of one container.
/// </summary>
internal static class OciHost
{
    public const string Argument = "--oci-host";

    /// <summary>
    /// The process mounts scratches instead: <c>folder</c>, <c>image</c> and, again and again, <c>often</c>. A
    /// container uses the mount of <c>used</c>.
    /// </summary>
    public const string MountArgument = "--oci-mounts";

    // Runs before the test runner's entry point, which would not know the argument.
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        int at = Array.IndexOf(arguments, Argument);
        if (at >= 0)
        {
            Run(arguments[at + 1]);
        }

        at = Array.IndexOf(arguments, MountArgument);
        if (at >= 0)
        {
            Mount(arguments[at + 1]);
        }
    }

    private static void Mount(string folder)
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        foreach (string name in new[] { "folder", "image" })
        {
            string volume = isolation.Mount(Path.Combine(folder, name)).VolumePath;
            File.WriteAllText(Path.Combine(volume, "file"), "written");
        }

        MountedLayer used = isolation.Mount(Path.Combine(folder, "used"));
        ISandbox sandbox = isolation.CreateSandbox(
            Path.GetFileName(folder), new ContainerConfig { VolumePath = used.VolumePath });
        sandbox.Begin();
        Console.WriteLine(isolation.HostName);
        Console.WriteLine(isolation.GuardianProcessId);
        while (true)
        {
            string often = isolation.Mount(Path.Combine(folder, "often")).LayerFolderPath;
            isolation.Layers.DismountAsync(often, default).GetAwaiter().GetResult();
            GC.KeepAlive(sandbox);
        }
    }

    private static void Run(string folder)
    {
        OciIsolation isolation = new(RuncProgram.Find()!);
        string disk = Path.Combine(folder, "attached.img");
        File.WriteAllBytes(disk, new byte[1 << 20]);
        string mounted = Path.Combine(folder, "mounted.ext4");
        string added = Path.Combine(folder, "added.ext4");
        File.WriteAllBytes(mounted, new byte[4 << 20]);
        OciTest.Run("mkfs.ext4", "-q", "-F", mounted);
        File.Copy(mounted, added);
        ContainerConfig withImage = new()
        {
            LayerFolderPath = folder,
            StorageSandboxSize = 8 << 20,
            MappedVirtualDisks =
            [
                new MappedVirtualDisk { HostPath = disk, ContainerPath = "/dev/attached", AttachOnly = true },
                new MappedVirtualDisk { HostPath = mounted, ContainerPath = "/mounted" },
            ],
        };
        string endpoint = Path.GetFileName(folder);
        ContainerConfig withEndpoint = new()
        {
            EndpointList = Directory.Exists("/sys/class/net/" + endpoint) ? [endpoint] : [],
        };
        ISandbox busy = isolation.CreateSandbox("busy", withEndpoint);
        ISandbox paused = isolation.CreateSandbox("paused", new ContainerConfig());
        ISandbox image = isolation.CreateSandbox("image", withImage);
        ISandbox created = isolation.CreateSandbox("created", new ContainerConfig());
        List<ISandboxProcess> processes = [];
        foreach (ISandbox sandbox in new[] { busy, paused, image })
        {
            sandbox.Begin();
            processes.Add(sandbox.Start(UnixTest.Shell("trap '' TERM HUP INT; while :; do sleep 0.1; done")));
        }

        ContainerConfig disks = new()
        {
            MappedVirtualDisks = [new MappedVirtualDisk { HostPath = added, ContainerPath = "/added" }],
        };
        image.Modify(new ResourceChange(
            new ResourceRequest(ResourceName.MappedVirtualDisk, ChangeType.Add, disks), withImage, disks));
        paused.Pause();
        Console.WriteLine(isolation.HostName);
        Console.WriteLine(isolation.GuardianProcessId);
        for (int i = 0; ; i++)
        {
            ISandbox sandbox = isolation.CreateSandbox($"{i}", new ContainerConfig());
            using AtEnd sandboxEnds = new(sandbox.Dispose);
            sandbox.Begin();
            sandbox.Start(UnixTest.Shell("sleep 1000")).Dispose();
            GC.KeepAlive(created);
        }
    }
}
