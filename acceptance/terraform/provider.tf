variable "endpoint" { type = string }

provider "aws" {
  region = "us-east-1"
  endpoints {
    ecr = var.endpoint
    iam = var.endpoint
    kms = var.endpoint
    sts = var.endpoint

    secretsmanager = var.endpoint
  }
}
