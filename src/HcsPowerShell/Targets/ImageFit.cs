using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Targets;

/// <summary>Checks that an image or a chain of layers runs on a host, before the host is asked for anything.</summary>
internal static class ImageFit
{
    private const string OfWindows = "windows";

    /// <exception cref="ImageException">The image is for another operating system or version.</exception>
    /// <exception cref="LayerException">
    /// The layers are of another version, or Hyper-V isolation lacks a utility virtual machine.
    /// </exception>
    public static async Task RequireAsync(HcsHost host, ContainerConfig config, ImageProperties? image, Deadline deadline)
    {
        if (image is not null)
        {
            RequireSystem(host, config, image);
        }

        if (host.Properties.OSVersion is not null)
        {
            await RequireVersionAsync(host, config, image, deadline).ConfigureAwait(false);
        }

        if (IsWindows(host) && config is { HvPartition: true, HvRuntime: null })
        {
            string newest = config.Layers![0].Path!;
            throw new LayerException(
                LayerProblem.NoUtilityVM,
                newest,
                $"Neither '{newest}' nor a layer below it has a utility virtual machine, which Hyper-V isolation needs.");
        }
    }

    /// <summary>True when the images of a host are for Windows.</summary>
    public static bool IsWindows(HcsHost host) => host.Properties.ImageOS == OfWindows;

    /// <summary>Tells why a version of Windows does not run on a host; null when it does, or when nobody knows.</summary>
    /// <param name="host">The host.</param>
    /// <param name="isHyperV">True for Hyper-V isolation.</param>
    /// <param name="version">The version in the image or layer.</param>
    public static string? Misfit(HcsHost host, bool isHyperV, Version? version)
    {
        if (host.Properties.OSVersion is not { } own || new WindowsImages(own, isHyperV) is var images && images.Take(version))
        {
            return null;
        }

        string isolation = isHyperV ? "under Hyper-V isolation" : "without Hyper-V isolation";
        string advice = images.NeedHyperV(version)
            ? $"Take an image of build {own.Build}, or Hyper-V isolation (-HvPartition)."
            : "Take an image that is as old as the host, or a newer host.";
        return $"it has Windows {version}; host '{host}' is Windows {own} and runs {images.Builds} {isolation}. {advice}";
    }

    private static void RequireSystem(HcsHost host, ContainerConfig config, ImageProperties image)
    {
        // A utility virtual machine of Linux runs images for Linux on Windows.
        bool mayDiffer = IsWindows(host) && config.HvPartition;
        if (image.OS is { } system && host.Properties.ImageOS is { } own && system != own && !mayDiffer)
        {
            throw new ImageException(
                ImageProblem.OtherPlatform,
                NameOf(image),
                $"Image '{NameOf(image)}' is for {system}; host '{host}' runs images for {own}.");
        }
    }

    private static async Task RequireVersionAsync(
        HcsHost host, ContainerConfig config, ImageProperties? image, Deadline deadline)
    {
        if (image?.OSVersion is { } version)
        {
            if (Misfit(host, config.HvPartition, version) is { } reason)
            {
                throw new ImageException(
                    ImageProblem.OtherVersion, NameOf(image), $"Image '{NameOf(image)}' does not fit: {reason}");
            }

            return;
        }

        List<LayerProperties> layers = [];
        foreach (string path in config.Layers!.Select(layer => layer.Path!))
        {
            layers.Add(await host.Service.Layers.GetPropertiesAsync(path, deadline).ConfigureAwait(false));
        }

        if (await new LayerVersions(host).NewestAsync(layers, deadline).ConfigureAwait(false) is { } newest
            && Misfit(host, config.HvPartition, newest.Version) is { } misfit)
        {
            throw new LayerException(
                LayerProblem.OtherVersion, newest.Layer.Path, $"Layer '{newest.Layer.Path}' does not fit: {misfit}");
        }
    }

    private static string NameOf(ImageProperties image) => image.Name ?? image.Digest;
}
