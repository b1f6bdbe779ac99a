using System.Collections.Generic;
using System.IO;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Layers;

/// <summary>Measures the life of a scratch: made, mounted, dismounted and removed, beside the same with mount and umount.</summary>
internal sealed class ScratchBenchmark : IFamily
{
    public IReadOnlyList<Figure> Figures { get; } = [new("scratch-life", 1.25)];

    public void Run(Effort effort, Report report)
    {
        using ModuleSession session = ModuleSession.Oci();
        string folder = Directory.CreateTempSubdirectory("hcs-benchmark-").FullName;
        string layer = Path.Combine(folder, "base");
        Directory.CreateDirectory(layer);
        File.WriteAllText(Path.Combine(layer, "file"), "content");
        using (BareShell shell = new(folder))
        {
            Comparison life = new(Figures[0]);
            effort.Repeat(
                warmUps: 10,
                rounds: 60,
                () =>
                {
                    life.Module.Time(() => LiveOnce(session, Path.Combine(folder, "scratch"), layer));
                    life.Bare.Time(() => LiveOnce(shell, Path.Combine(folder, "bare"), layer));
                },
                life);
            report.Add(life);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void LiveOnce(ModuleSession session, string scratch, string layer)
    {
        session.Run("New-HcsLayer", ("Path", scratch), ("ParentLayer", layer));
        session.Run("Mount-HcsLayer", ("Path", scratch));
        session.Run("Dismount-HcsLayer", ("Path", scratch));
        session.Run("Remove-HcsLayer", ("Path", scratch), ("Confirm", false));
    }

    private static void LiveOnce(BareShell shell, string scratch, string layer)
    {
        shell.Run($"mkdir -p {scratch}/upper {scratch}/work {scratch}/volume");
        shell.Run($"mount -t overlay overlay -o lowerdir={layer},upperdir={scratch}/upper,workdir={scratch}/work {scratch}/volume");
        shell.Run($"umount {scratch}/volume");
        shell.Run($"rm -r {scratch}");
    }
}
