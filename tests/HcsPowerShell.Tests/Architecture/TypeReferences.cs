using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HcsPowerShell.Tests.Architecture;

/// <summary>A type that names another type of the module: both are outer types, with their namespaces.</summary>
public sealed record TypeUse(string FromNamespace, string FromType, string ToNamespace, string ToType);

/// <summary>Reads from assemblies which type uses which: in signatures, bodies, attributes and base types.</summary>
public static class TypeReferences
{
    /// <summary>The uses between the types of these assemblies.</summary>
    public static IReadOnlySet<TypeUse> Of(IReadOnlyCollection<string> paths)
    {
        HashSet<string> names = [.. paths.Select(path => Path.GetFileNameWithoutExtension(path)!)];
        return paths.SelectMany(path =>
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
            return assembly.MainModule.GetTypes().SelectMany(type => UsesOf(type, names)).ToList();
        }).ToHashSet();
    }

    /// <summary>
    /// The namespaces that source files name in using directives: a constant leaves no reference in an assembly.
    /// </summary>
    /// <param name="folder">Folder of the sources.</param>
    public static IReadOnlySet<TypeUse> InSources(string folder) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Contains("obj"))
        .SelectMany(file =>
        {
            string[] lines = File.ReadAllLines(file);
            string? space = Named("namespace ").FirstOrDefault();
            string type = Path.GetFileNameWithoutExtension(file)!;
            return space is null ? [] : Named("using ").Select(used => new TypeUse(space, type, used, "(using)"));

            IEnumerable<string> Named(string directive) => lines
                .Where(line => line.StartsWith(directive + "HcsPowerShell", StringComparison.Ordinal))
                .Select(line => line[directive.Length..].TrimEnd(';'));
        }).ToHashSet();

    /// <summary>The namespaces of an assembly that import native functions.</summary>
    public static IReadOnlySet<string> Imports(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        return assembly.MainModule.GetTypes().Where(type => type.Methods.Any(method => method.IsPInvokeImpl))
            .Select(type => OuterOf(type).Namespace).ToHashSet();
    }

    /// <summary>The methods that an assembly calls, each as Type.Method.</summary>
    public static IReadOnlySet<string> Calls(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        return assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand)
            .OfType<MethodReference>()
            .Select(method => $"{method.DeclaringType.GetElementType().FullName}.{method.Name}").ToHashSet();
    }

    private static IEnumerable<TypeUse> UsesOf(TypeDefinition type, HashSet<string> assemblies)
    {
        TypeReference from = OuterOf(type);
        return ReferencesOf(type)
            .SelectMany(PartsOf)
            .Where(part => assemblies.Contains(AssemblyOf(part)))
            .Select(OuterOf)
            .Where(to => to.FullName != from.FullName)
            .Select(to => new TypeUse(from.Namespace, from.Name, to.Namespace, to.Name));
    }

    private static IEnumerable<TypeReference?> ReferencesOf(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Fields.SelectMany(AttributesOf),
        .. type.Properties.SelectMany(AttributesOf),
        .. AttributesOf(type),
        .. type.Methods.SelectMany(ReferencesOf),
    ];

    private static IEnumerable<TypeReference?> ReferencesOf(MethodDefinition method) =>
    [
        .. ReferencesOf((MethodReference)method),
        .. method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. AttributesOf(method),
        .. method.Parameters.SelectMany(AttributesOf),
        .. method.HasBody
            ?
            [
                .. method.Body.Variables.Select(variable => variable.VariableType),
                .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType),
                .. method.Body.Instructions.SelectMany(ReferencesOf),
            ]
            : Enumerable.Empty<TypeReference?>(),
    ];

    private static IEnumerable<TypeReference?> ReferencesOf(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => ReferencesOf(method),
        _ => [],
    };

    private static IEnumerable<TypeReference?> ReferencesOf(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod instance ? instance.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => ReferencesOf(attribute.Constructor).Concat(
            attribute.ConstructorArguments
                .Concat(attribute.Properties.Select(property => property.Argument))
                .Concat(attribute.Fields.Select(field => field.Argument))
                .SelectMany(TypesOf)));

    private static IEnumerable<TypeReference?> TypesOf(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [argument.Type, type],
        CustomAttributeArgument inner => TypesOf(inner),
        CustomAttributeArgument[] many => many.SelectMany(TypesOf),
        _ => [argument.Type],
    };

    // A list of exits is a list, and an exit.
    private static IEnumerable<TypeReference> PartsOf(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType instance => [instance.ElementType, .. instance.GenericArguments.SelectMany(PartsOf)],
        FunctionPointerType pointer =>
            [.. PartsOf(pointer.ReturnType), .. pointer.Parameters.SelectMany(p => PartsOf(p.ParameterType))],
        RequiredModifierType modified => [.. PartsOf(modified.ModifierType), .. PartsOf(modified.ElementType)],
        TypeSpecification specification => PartsOf(specification.ElementType),
        _ => [type],
    };

    private static string AssemblyOf(TypeReference type) => type.Scope switch
    {
        ModuleDefinition module => module.Assembly.Name.Name,
        IMetadataScope scope => scope.Name,
        _ => string.Empty,
    };

    private static TypeReference OuterOf(TypeReference type) => type.DeclaringType is { } outer ? OuterOf(outer) : type;
}
