namespace CmEtl.Aws.Policies;

/// <summary>Optional parts of a deployment that need additional permissions.</summary>
[Flags]
public enum PolicyFeatures
{
    /// <summary>No optional part.</summary>
    None = 0,

    /// <summary>X-Ray tracing of the function and the state machine.</summary>
    Tracing = 1,

    /// <summary>The function is connected to a VPC.</summary>
    Vpc = 2,
}
