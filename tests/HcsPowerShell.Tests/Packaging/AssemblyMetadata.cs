using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>The metadata of an assembly, read from its file without loading it.</summary>
public sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    public AssemblyMetadata(string path)
    {
        Path = path;
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        AssemblyDefinition definition = _reader.GetAssemblyDefinition();
        Name = _reader.GetString(definition.Name);
        Version = definition.Version;
        Types = _reader.TypeDefinitions.Select(_reader.GetTypeDefinition)
            .Where(type => type.GetDeclaringType().IsNil)
            .Select(type => FullName(type.Namespace, type.Name))
            .Concat(_reader.ExportedTypes.Select(_reader.GetExportedType)
                .Where(type => type.Implementation.Kind == HandleKind.AssemblyReference)
                .Select(type => FullName(type.Namespace, type.Name)))
            .ToHashSet();
    }

    public string Path { get; }

    public string Name { get; }

    public Version Version { get; }

    /// <summary>The outer types that the assembly defines or forwards, with their namespaces.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>
    /// Tells whether a file is an assembly; the reference assemblies of .NET Framework include some libraries without
    /// metadata.
    /// </summary>
    public static bool IsAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return file.HasMetadata && file.GetMetadataReader().IsAssembly;
    }

    /// <summary>Returns the referenced assemblies, with the outer types that are used of each.</summary>
    public IEnumerable<(string Name, Version Version, IReadOnlyList<string> Types)> References() =>
        _reader.AssemblyReferences.Select(handle =>
        {
            AssemblyReference reference = _reader.GetAssemblyReference(handle);
            return (_reader.GetString(reference.Name), reference.Version, (IReadOnlyList<string>)
            [
                .. _reader.TypeReferences.Select(_reader.GetTypeReference)
                    .Where(type => type.ResolutionScope == handle)
                    .Select(type => FullName(type.Namespace, type.Name)),
            ]);
        });

    /// <summary>Returns the types whose base type or interface comes from another assembly of this name.</summary>
    public IEnumerable<string> InheritedFrom(string assembly) =>
        from handle in _reader.TypeDefinitions
        let type = _reader.GetTypeDefinition(handle)
        from parent in type.GetInterfaceImplementations()
            .Select(i => _reader.GetInterfaceImplementation(i).Interface)
            .Append(type.BaseType)
        where parent is { IsNil: false, Kind: HandleKind.TypeReference }
        let reference = _reader.GetTypeReference((TypeReferenceHandle)parent)
        where reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            && _reader.GetString(
                _reader.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name) == assembly
        select FullName(type.Namespace, type.Name);

    /// <summary>Returns the imported native functions, and whether each is looked for in system folders only.</summary>
    public IEnumerable<(string Name, bool IsOfSystem)> Imports()
    {
        bool isForAll = IsOfSystem(_reader.GetAssemblyDefinition().GetCustomAttributes());
        return
            from handle in _reader.MethodDefinitions
            let method = _reader.GetMethodDefinition(handle)
            where method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)
            select (_reader.GetString(method.Name), isForAll || IsOfSystem(method.GetCustomAttributes()));
    }

    public void Dispose() => _file.Dispose();

    // DefaultDllImportSearchPaths(DllImportSearchPath.System32), as attributes are encoded: a prologue, then the value.
    private bool IsOfSystem(CustomAttributeHandleCollection attributes) =>
        attributes.Select(_reader.GetCustomAttribute).Any(attribute =>
            attribute.Constructor.Kind == HandleKind.MemberReference
            && _reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is var type
            && type.Kind == HandleKind.TypeReference
            && _reader.GetString(_reader.GetTypeReference((TypeReferenceHandle)type).Name)
                == nameof(DefaultDllImportSearchPathsAttribute)
            && BitConverter.ToInt32(_reader.GetBlobBytes(attribute.Value), sizeof(ushort))
                == (int)DllImportSearchPath.System32);

    private string FullName(StringHandle space, StringHandle name) =>
        $"{_reader.GetString(space)}.{_reader.GetString(name)}";
}
